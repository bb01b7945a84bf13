"""A key is the same for the same parts, and another for any others."""

from ui.keys import key_of


def test_other_rows_or_another_order_of_them_is_another_key() -> None:
    rows = [["ann", "bea"], ["bea", "ann"], ["annb", "ea"], ["ann, bea"], []]
    assert len({key_of(ids) for ids in rows}) == len(rows)
    assert key_of(["ann", "bea"]) == key_of(["ann", "bea"])


def test_a_key_says_nothing_of_what_the_owner_s_file_calls_things() -> None:
    assert key_of("Rosa", "![](https://x)").isalnum()
