"""Whoever reads their Client Detailed Record reads words, never the name of an event."""

import ast
import re

from ims.record.detailed_record import LOOKED
from tests.house.source import sources

ABOUT_A_CLIENT = re.compile(r"(client|consent)\.[a-z_]+")
OF_NOBODY = {"client.dummy_made"}  # the dummy has no Record


def test_everything_that_can_be_done_with_a_record_has_words():
    strings = {
        node.value
        for file in sources()
        if file.module != "ims.record.detailed_record"
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    events = {text for text in strings if ABOUT_A_CLIENT.fullmatch(text)}

    assert "client.linked" in events
    assert events - OF_NOBODY <= set(LOOKED)
