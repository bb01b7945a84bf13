"""Two invented shops with their planted truth, large exports for benchmarks, and the empty template."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from sample_data.car_workshop import workshop
from sample_data.hair_salon import salon
from sample_data.sample import RHYTHMS, TRUTH, Sample
from sample_data.scale import scaled
from sample_data.template import TEMPLATE_NAMES, template
from sample_data.workbooks import sheets, workbook_bytes, write_sample

__all__ = [
    "RHYTHMS",
    "SAMPLES",
    "TRUTH",
    "Sample",
    "regenerate",
    "salon",
    "scaled",
    "sheets",
    "workbook_bytes",
    "workshop",
    "write",
]

HERE = Path(__file__).parent

#: The committed workbook in each language.
SAMPLES: Mapping[str, Path] = MappingProxyType(
    {"es": HERE / "peluqueria.xlsx", "en": HERE / "car_workshop.xlsx"}
)


def write(directory: Path) -> tuple[Path, ...]:
    """Put the sample workbooks and the empty templates, in both languages, into a directory; return their paths."""
    directory.mkdir(parents=True, exist_ok=True)
    written = [Path(shutil.copyfile(path, directory / path.name)) for path in SAMPLES.values()]
    for language, name in TEMPLATE_NAMES.items():
        written.append(directory / name)
        written[-1].write_bytes(template(language))
    return tuple(written)


def regenerate(directory: Path = HERE) -> tuple[Path, ...]:
    """Simulate both shops anew and write workbooks and truth; the same bytes every time."""
    return (*write_sample(salon(), directory), *write_sample(workshop(), directory))
