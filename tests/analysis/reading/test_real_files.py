"""Real exports, read without a hand-made fix: counts checked against the files themselves."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pandas as pd
import pytest

from analysis.book import Book
from analysis.reading import Upload, read
from tests.analysis.reading.exports import TODAY, fields

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason="the real files (../shared/data) are not on this machine"
)


@lru_cache(maxsize=4)
def book(*names: str) -> Book:
    read_book = read([Upload(name, (DATA / name).read_bytes()) for name in names], today=TODAY)
    assert all(sheet.rows_read == sheet.rows_used + sheet.rows_left_out for sheet in read_book.sheets)
    assert len(read_book.left_out) == sum(sheet.rows_left_out for sheet in read_book.sheets)
    assert read_book.questions == ()
    return read_book


def span(dates: pd.Series) -> tuple[str, str]:
    return f"{dates.min():%Y-%m-%d}", f"{dates.max():%Y-%m-%d}"


def statuses(read_book: Book) -> dict[str, int]:
    return read_book.sales["status"].value_counts().to_dict()


def test_the_salons_receipts():
    sales = book("salon_receipt_transactions.csv").sales
    assert len(sales) == 1934
    assert span(sales["date"]) == ("2018-03-15", "2018-07-29")  # month first
    assert sales["client_id"].nunique() == 766
    assert sales["client_id"].isna().sum() == 37  # WALK_IN
    assert statuses(book("salon_receipt_transactions.csv")) == {"completed": 1863, "refund": 71}
    # Its amounts leave out two taxes that stand beside them: 115,809.03 of amounts, and with GST and PST
    assert sales["amount"].sum() == pytest.approx(130_862.20, abs=0.01)
    (notice,) = book("salon_receipt_transactions.csv").notices
    assert (notice.code, notice.values) == ("tax_added", {"header": "Amount", "others": ("GST", "PST")})


def test_the_salons_four_files_are_one_business():
    whole = book(
        *(
            f"salon_{name}.csv"
            for name in ("receipt_transactions", "cancellations", "no_show", "future_bookings")
        )
    )
    assert statuses(whole) == {
        "completed": 1863,
        "refund": 71,
        "cancelled": 243,
        "no_show": 60,
        "booked": 1906,
    }
    assert fields(whole, "salon_no_show.csv")["Code"] == "client_id"
    assert fields(whole, "salon_cancellations.csv")["Booking Date"] == "date"
    no_show = whole.sales[whole.sales["status"] == "no_show"]
    assert no_show["client_id"].isin(whole.sales.query("status == 'completed'")["client_id"]).mean() > 0.5


def test_the_gyms_sales():
    ventas = book("gym_es_Ventas.csv")
    taken = fields(ventas)
    assert taken["Total €"] == "amount"
    assert taken["Subtotal (Excluding taxes)"] == "net_amount"
    assert (taken["Issued on"], taken["Paid on"], taken["Membership"]) == ("date", "paid", "service")
    assert ventas.currency == "EUR"
    assert len(ventas.sales) == 3560
    assert ventas.sales["amount"].sum() == pytest.approx(294_359.83)
    assert [notice.code for notice in ventas.notices] == ["tax_included"]
    assert span(ventas.sales["date"]) == ("2022-04-26", "2024-05-03")
    assert len(ventas.table("payments")) == 3494  # 66 lines have no client


def test_the_gyms_bookings_are_its_visits():
    reservas = book("gym_es_Reservas.csv")
    assert statuses(reservas) == {"completed": 40232, "booked": 338}
    assert reservas.left_out["reason"].tolist() == ["empty"] * 6
    assert span(reservas.sales["date"]) == ("2022-05-02", "2024-04-30")


def test_the_gyms_clients():
    clients = book("gym_es_Clientes.csv").table("clients")
    assert len(clients) == 569
    assert span(clients["joined"]) == ("2022-04-20", "2024-04-24")
    assert clients["left"].notna().sum() == 363
    assert not (clients["birthday"] == clients["joined"]).any()


def test_the_grocers_orders_have_no_amounts():
    grocery = book("grocery.csv")
    assert len(grocery.sales) == 10_483
    assert grocery.sales["client_id"].nunique() == 1525
    assert not grocery.knows("sales", "amount")


def test_cdnow():
    sales = book("cdnow_sample.csv").sales
    assert (len(sales), sales["client_id"].nunique()) == (6696, 2357)
    assert sales["amount"].sum() == pytest.approx(244_091.94)


def test_the_superstore_has_one_table_of_three_sheets():
    store = book("superstore.xls")
    assert [(sheet.sheet, sheet.table, sheet.rows_read) for sheet in store.sheets] == [
        ("Orders", "sales", 9994),
        ("Returns", None, 296),
        ("People", None, 4),
    ]
    taken = fields(store)
    assert (taken["Sales"], taken["Order Date"], taken["Ship Date"], taken["State"]) == (
        "amount",
        "date",
        None,
        None,
    )
    assert (taken["Customer ID"], taken["Customer Name"]) == ("client_id", "client_name")
    assert store.sales["amount"].sum() == pytest.approx(2_297_200.86, abs=0.01)
    assert store.sales["client_id"].nunique() == 793


def test_online_retail_is_two_sheets_of_quantity_times_price():
    retail = book("online_retail_II_small.xlsx")
    assert len(retail.sales) == 998
    assert retail.sales["client_id"].isna().sum() == 4
    assert retail.sales["client_id"].dropna().str.fullmatch(r"\d{5}").all()
    assert statuses(retail) == {"completed": 956, "refund": 42}
    assert retail.sales["amount"].iloc[0] == pytest.approx(12 * 6.95)
    assert retail.sales["amount"].sum() == pytest.approx(12_909.14 + 16_727.51)
    assert span(retail.sales["date"]) == ("2009-12-01", "2010-12-01")


def test_sprocket_joins_names_to_sales_by_a_column_whose_header_is_a_note():
    sprocket = book("kpmg_sprocket.xlsx")
    assert [sheet.table for sheet in sprocket.sheets] == [None, "sales", "clients", "clients", "clients"]
    assert statuses(sprocket) == {"completed": 19_821, "cancelled": 179}
    assert sprocket.sales["amount"].sum() == pytest.approx(22_156_588.98)
    assert (sprocket.sales["client_name"] != sprocket.sales["client_id"]).mean() > 0.99


def test_receivables_are_three_files_joined():
    joined = book("recv_invoices.xlsx", "recv_collections.xlsx", "recv_customers.xlsx")
    payments = joined.table("payments")
    assert len(joined.sales) == len(payments) == 180
    assert payments["paid"].notna().sum() == 92
    assert joined.sales["client_name"].iloc[0] == "Aster Technologies"
    assert payments["amount"].sum() == joined.sales["amount"].sum() == 46_083_095
