"""`python -m sample_data` writes the committed sample files anew."""

from __future__ import annotations

from sample_data import regenerate

if __name__ == "__main__":
    for path in regenerate():
        print(f"{path.name}  {path.stat().st_size / 1024:,.0f} kB")
