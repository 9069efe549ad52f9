"""The steps that clean a name: none that is passed over would have changed it."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sanctscreen.text.steps import STEPS_FOR, apply_steps
from sanctscreen.text.words import Reading

NAMES = st.one_of(
    st.text(st.characters(codec="ascii"), max_size=40),
    st.text("abcxyz ABC'`.,-&+/()[]01 \t", max_size=40),
    st.text(max_size=20),
    st.text("abc\u0410\u0441\u2019\u200b\u00e9\u0130\uff21 ,.&1", max_size=20),
)


@pytest.mark.parametrize("reading", STEPS_FOR)
@given(NAMES)
@example("SMITH & SONS (S.A.R.L.), J0hn O'Neil")
@example("Islamic\x7fRepublic Of Iran Shipping Lines (IRISL)")
def test_plain_names_skip_only_steps_without_effect(reading: Reading, name: str) -> None:
    """Text and steps are those of the whole chain, whatever a name is made of."""
    text, changed = name, []
    for step, function in STEPS_FOR[reading]:
        before, text = text, function(text)
        if text != before:
            changed.append(step)

    assert apply_steps(name, reading) == (text, changed)
