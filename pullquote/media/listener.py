"""Measure an MP3 while it is being made: in a second thread, packet by packet."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from queue import Queue
from types import TracebackType
from typing import TYPE_CHECKING, Self

from pullquote.media.loudness import Leveller, Loudness

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame

_DEPTH = 4096
"""Packets that may wait: under two minutes of sound."""


class Listener:
    """Decodes what it hears and measures it; ``loudness`` is known at the end.

    Use it as a context manager: leaving it waits for the thread.
    """

    def __init__(self, rate: int, layout: str) -> None:
        self._rate, self._layout = rate, layout
        self._packets: Queue[bytes | None] = Queue(_DEPTH)
        self._thread = threading.Thread(target=self._measure, name="listener")
        self._loudness: Loudness | None = None
        self._error: BaseException | None = None

    def __enter__(self) -> Self:
        """Start the thread."""
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Wait until all that was heard is measured."""
        self._packets.put(None)
        self._thread.join()
        if error is None and self._error is not None:
            raise self._error

    def hear(self, packet: bytes) -> None:
        """Take one more packet of MP3 frames."""
        self._packets.put(packet)

    @property
    def loudness(self) -> Loudness:
        """Return how loud all of it was."""
        assert self._loudness is not None
        return self._loudness

    def _measure(self) -> None:
        try:
            leveller = Leveller(rate=self._rate, layout=self._layout)
            for _ in leveller.frames(self._decoded()):
                pass
            self._loudness = leveller.loudness
        except BaseException as error:  # noqa: BLE001  # raised again by who waits
            self._error = error
            while self._packets.get() is not None:
                pass

    def _decoded(self) -> Iterator[AudioFrame]:
        import av

        decoder = av.CodecContext.create("mp3float", "r")
        assert isinstance(decoder, av.AudioCodecContext)
        while (data := self._packets.get()) is not None:
            yield from decoder.decode(av.Packet(data))
        yield from decoder.decode(None)
