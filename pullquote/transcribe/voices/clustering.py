"""Voice prints into voices: which of them are the same person's. Pure.

Average linkage on cosine distance, then groups that are about as like each other as
each is like itself are merged. Long recordings are clustered in blocks whose groups
are merged together, so that memory stays bounded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Prints = NDArray[np.float32]
    """One voice print a row."""
    Labels = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterRule:
    """How alike prints of one voice are.

    For CAM++ on 1.5 s of speech two prints of one person have a cosine of about 0.65
    with each other in a panel of readers, 0.85 where voices are made by machine; two
    people's 0.3 to 0.5 and 0.4 to 0.6. So what counts is measured in the recording.
    """

    linked: float = 0.6
    """Cosine from which groups are one, on average over their pairs."""
    same: float = 0.77
    """The same, as a share of the cosine that pairs within the groups have …"""
    same_few: float = 0.74
    """… and where one of them has fewer prints than ``few``, which scatter more."""
    few: int = 5
    pairs: int = 4
    """A group's own cosine counts as much as all groups' from so many pairs on."""
    fewest: int = 2
    """A voice needs this many prints; fewer go to the most similar voice …"""
    alone: float = 0.68
    """… but where they are less alike than that to all, like ``same``: who asks one
    short question is not the doctor who answers it."""
    block: int = 1_200


CLUSTERS = ClusterRule()


def voice_means(prints: Prints, firm: NDArray[np.bool_] | None = None) -> Prints:
    """Return the mean print of each voice, one a row.

    Only ``firm`` prints found a voice (all, if none is): those of very short
    speech are like each other whoever speaks.
    """
    import numpy as np

    unit = _unit(prints)
    founding = unit[firm] if firm is not None and firm.any() else unit
    labels = np.zeros(len(founding), dtype=np.int64)
    for start in range(0, len(founding), CLUSTERS.block):
        part = slice(start, start + CLUSTERS.block)
        labels[part] = labels.max(initial=-1) + 1 + _linked(founding[part])
    return _settled(founding, _merged(founding, labels))


def nearest_voices(prints: Prints, means: Prints) -> list[int]:
    """Return for each print the row of the most similar mean."""
    return [int(row) for row in (_unit(prints) @ means.T).argmax(axis=1)]


def _unit(prints: Prints) -> Prints:
    import numpy as np

    norms = np.linalg.norm(prints, axis=1, keepdims=True)
    return np.asarray(prints / np.maximum(norms, 1e-9), dtype=np.float32)


def _linked(unit: Prints) -> Labels:
    import numpy as np
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    if len(unit) < 2:
        return np.zeros(len(unit), dtype=np.int64)
    apart = np.maximum(1 - unit @ unit.T, 0)
    np.fill_diagonal(apart, 0)
    tree = linkage(squareform(apart, checks=False), "average")
    found = fcluster(tree, 1 - CLUSTERS.linked, "distance")
    return np.asarray(found, dtype=np.int64) - 1


def _merged(unit: Prints, labels: Labels) -> list[Prints]:
    """Return the prints of each voice that is large enough, alike ones together."""
    import numpy as np

    groups = [unit[labels == label] for label in np.unique(labels)]
    alike = _alike(groups)
    while (above := alike - _needed(groups)).max() >= 0:
        a, b = sorted(divmod(int(above.argmax()), len(groups)))
        groups[a] = np.concatenate([groups[a], groups.pop(b)])
        alike = _alike(groups)
    large = np.array([len(group) >= CLUSTERS.fewest for group in groups])
    if not large.any():
        return [max(groups, key=len)]
    kept = large | (alike[:, large].max(axis=1) < CLUSTERS.alone)
    return sorted((g for g, k in zip(groups, kept, strict=True) if k), key=len)[::-1]


def _alike(groups: list[Prints]) -> Prints:
    """Return how alike each two groups are, as a share of what their own pairs are."""
    import numpy as np

    means = np.stack([group.mean(axis=0) for group in groups])
    within = _within(groups, means)
    # of means that are not normed: the average over pairs
    alike = (means @ means.T) / np.sqrt(np.outer(within, within))
    np.fill_diagonal(alike, -1)
    return np.asarray(alike)


def _needed(groups: list[Prints]) -> Prints:
    """Return how alike each two groups must be to be one."""
    import numpy as np

    sizes = np.array([len(group) for group in groups])
    few = np.minimum(sizes[:, None], sizes) < CLUSTERS.few
    return np.where(few, CLUSTERS.same_few, CLUSTERS.same).astype(np.float32)


def _within(groups: list[Prints], means: Prints) -> Prints:
    """Return the average cosine of each group's pairs.

    That of a few pairs says little and is drawn towards the average over all prints.
    """
    import numpy as np

    sizes = np.array([len(group) for group in groups], dtype=np.float32)
    pairs = sizes * (sizes - 1) / 2
    alike = (sizes**2 * (means**2).sum(axis=1) - sizes) / 2  # summed over pairs
    paired = pairs > 0
    if not paired.any():
        return np.full(len(groups), CLUSTERS.linked, dtype=np.float32)
    usual = np.average(alike[paired] / pairs[paired], weights=sizes[paired])
    return np.asarray((alike + CLUSTERS.pairs * usual) / (pairs + CLUSTERS.pairs))


def _settled(unit: Prints, voices: list[Prints]) -> Prints:
    """Return the mean print of each voice, once every print is with the nearest."""
    import numpy as np

    means = _unit(np.stack([voice.mean(axis=0) for voice in voices]))
    for _ in range(3):
        labels = (unit @ means.T).argmax(axis=1)
        kept = [k for k in range(len(means)) if (labels == k).any()]
        means = _unit(np.stack([unit[labels == k].mean(axis=0) for k in kept]))
    return means
