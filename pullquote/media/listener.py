"""Measure a file while it is being made: in a second thread, packet by packet."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from queue import Queue
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from pullquote.media.loudness import Loudness, Meter

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.packet import Packet

    _Batch = tuple[list[Packet[Any]], bytes | None]

_DEPTH = 24
"""Batches that may wait: of five seconds each, as the encoder is given them."""


class Listener:
    """Decodes what it hears and measures it; ``loudness`` is known at the end.

    ``codec`` is libav's name of a decoder. Use it as a context manager: leaving it
    waits for the thread.
    """

    def __init__(self, codec: str, rate: int, layout: str) -> None:
        self._codec, self._rate, self._layout = codec, rate, layout
        self._heard: Queue[_Batch | None] = Queue(_DEPTH)
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
        self._heard.put(None)
        self._thread.join()
        if error is None and self._error is not None:
            raise self._error

    def hear(self, packets: list[Packet[Any]], header: bytes | None = None) -> None:
        """Take the next packets; ``header`` is what the decoder must know beforehand."""
        copies = [_copied(packet) for packet in packets]
        self._heard.put((copies, header))

    @property
    def loudness(self) -> Loudness:
        """Return how loud all of it was."""
        assert self._loudness is not None
        return self._loudness

    def _measure(self) -> None:
        batches = iter(self._heard.get, None)
        try:
            meter = Meter(self._rate, self._layout)
            for frame in self._decoded(batches):
                meter.add(frame)
            self._loudness = meter.loudness
        except BaseException as error:  # noqa: BLE001  # raised again by who waits
            self._error = error
            for _ in batches:
                pass  # else whoever encodes waits for room

    def _decoded(self, batches: Iterator[_Batch]) -> Iterator[AudioFrame]:
        import av

        decoder = av.CodecContext.create(self._codec, "r")
        assert isinstance(decoder, av.AudioCodecContext)
        for packets, header in batches:
            if header is not None and decoder.extradata is None:
                decoder.extradata = header
            for packet in packets:
                yield from decoder.decode(packet)
        yield from decoder.decode(None)


def _copied(packet: Packet[Any]) -> Packet[Any]:
    """Return a packet of one's own: muxing takes the encoder's bytes away."""
    import av

    return av.Packet(bytes(packet))
