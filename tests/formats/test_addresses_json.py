from pathlib import Path

import pytest

from pullquote.errors import ContentError
from pullquote.formats.addresses_json import load_addresses
from pullquote.model.history import History


def test_a_link_that_leads_nowhere_is_no_show_that_never_was_public(
    tmp_path: Path,
) -> None:
    """A withdrawn answer's id would be free again."""
    path = tmp_path / "addresses.json"
    assert load_addresses(path) == History()
    path.symlink_to(tmp_path / "gone.json")
    with pytest.raises(ContentError, match="no such file where this link leads"):
        load_addresses(path)
