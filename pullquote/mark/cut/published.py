"""An answer's text as a reader sees it, and under whose name each line stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pullquote.formats.markdown import shown_lines
from pullquote.model.answer import Answer
from pullquote.model.show import Person, Show


def published_words(
    body: str, show: Show | None = None, speakers: Sequence[str] = ()
) -> Iterator[tuple[str, int, bool]]:
    """Yield the words of Markdown, as a reader sees them, with their lines.

    HTML is text, as on the page. Left out is who speaks, "**Tiffany Lin:**"; with
    ``show`` only one of the ``speakers`` or a host, for what else is bold and ends so was
    written, be it another doctor's name.
    """
    for line in shown_lines(body):
        label, text = line.label, line.text
        if label and show is not None and not _may_speak(label, show, speakers):
            text = f"{label}: {text}"
        for word in text.split():
            yield word, line.number, True


def _may_speak(label: str, show: Show, speakers: Sequence[str]) -> bool:
    person = show.person_named(label)
    return person is not None and (
        person.id in speakers or person.role in ("host", "announcer")
    )


def names_of_lines(answer: Answer, show: Show) -> list[Person | None]:
    """Return who each line of a text, from 1, stands under; None where nobody knows."""
    only = show.person(answer.speakers[0]) if len(answer.speakers) == 1 else None
    labels = {line.number: line.label for line in shown_lines(answer.body)}
    name = only
    found = [name]
    for number, _ in enumerate(answer.body.split("\n"), 1):
        if label := labels.get(number):
            name = show.person_named(label) or only
        found.append(name)
    return found
