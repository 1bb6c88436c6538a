"""The tester's page: what is armed is moved to where it is to be tried."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.tester import Open
from tt_emulator.client import Client


@pytest.fixture
def armed(ui: Open, world: Client) -> Page:
    """The page of a world with three faults."""
    world.arm([{"error": "network-unavailable"}, {"error": "internal-error"}, {"delay_ms": 5}])
    page = ui()
    expect(page.locator(".order-row")).to_have_count(3)
    return page


def order(page: Page) -> Any:
    return page.locator(".order-row").evaluate_all("rows => rows.map(r => r.dataset.fault)")


def middle(row: Locator) -> tuple[float, float]:
    box = row.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_row_is_dragged_to_where_it_is_to_be_tried(armed: Page, world: Client) -> None:
    rows = armed.locator(".order-row")
    rows.first.scroll_into_view_if_needed()
    x, y = middle(rows.nth(2).locator(".handle"))
    armed.mouse.move(x, y)
    armed.mouse.down()
    armed.mouse.move(x, middle(rows.nth(0))[1] - 8, steps=5)
    expect(rows.nth(0)).to_have_class("order-row drop-before")

    armed.mouse.up()

    expect(rows.first).to_have_attribute("data-fault", "f3")
    assert order(armed) == [fault["id"] for fault in world.faults()] == ["f3", "f1", "f2"]


def test_a_row_is_moved_by_keys_and_stays_in_focus(armed: Page, world: Client) -> None:
    row = armed.locator('.order-row[data-fault="f1"]')
    row.focus()

    armed.keyboard.press("Alt+ArrowDown")

    expect(armed.locator(".notices")).to_contain_text("is now number 2 of 3")
    expect(armed.locator(".order-row").nth(1)).to_have_attribute("data-fault", "f1")
    expect(row).to_be_focused()
    armed.get_by_role("button", name="Move down: network-unavailable").click()
    expect(armed.locator(".order-row").nth(2)).to_have_attribute("data-fault", "f1")
    assert [fault["id"] for fault in world.faults()] == ["f2", "f3", "f1"]
