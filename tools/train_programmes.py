"""Make ``pullquote/mark/suggest/edges.npz``: where questions begin and answers end.

    python -m tools.train_programmes ../shared/qa pullquote/mark/suggest/edges.npz

Learns from the made-up programmes of ``tests/data/programmes``, and from the
consultations (CC BY 4.0) of a folder of question and answer cuts what is no viewer's
question; no text of theirs goes into the file. Needs torch. Same input, same bytes; a
minute or two.
"""

from __future__ import annotations

import json
import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits

from bench.programmes import FOLDER, Programme, by_one_voice, read, without_marks
from bench.suggest import as_units
from pullquote.mark.suggest.edges import look
from pullquote.mark.suggest.network import HEADS, format_network
from pullquote.mark.suggest.roles import Talk
from pullquote.mark.suggest.units import Unit, split

HANDS = {
    "ours": "caller council no-marks one-doctor two-hosts",
    "a": "admissions hearing kneecall podcast spine townhall",
    "b": "back-pain cancer-panel community-call conference-talk radio-callin"
    " vet-livestream",
    "c": "author heart-back ministry parents physio",
    "d": "bones mailbag openevening panel planning tenants",
    "e": "garden-letters law-phone-in ministry-town-hall museum-talk ortho-live"
    " project-call",
    "f": "applicants bridge-talk heart-rhythm question-time soil-letters spine-clinic",
    "g": "assembly listeners-bag open-day patients-evening software-talk spine-webinar",
    "h": "budget-hearing chat-webinar maternity pain-phone-in physics-lecture tax-adviser"
    " two-doctors vet-comments",
    "i": "all-hands curator-talk garden-callin members-call neck-clinic question-box"
    " room-panel school-board",
    "j": "bee-tin bump-evening farm-calls heart-hour knee-open-evening parish-assembly"
    " tower-meeting wills-morning",
    "k": "aid-night due-date-circle heart-drift knee-evening long-haul porch-birds"
    " turnip-stream water-rates",
    "l": "belly-talk dark-sky-night friday-letters knee-mornings layers-and-broilers"
    " lohnwerk-webinar pressure-line warm-pipes",
    "m": "board-meeting knees-and-hips loomkit-call my-own-back pension-members"
    " spade-and-kettle ticking-over two-spines",
    "p": "baby-talk bench-stream budget-evening campus-day heart-live knee-club"
    " lawyer-letters little-lungs spine-evening tower-ama",
    "q": "branch-line church-hall dark-skies heart-evening hip-talk hot-stove"
    " letters-to-counsel nine-months school-gate sore-backs",
    "r": "curve-and-brace floor-talk fluttering-heart grey-spot milk-and-nuts"
    " neck-and-arms night-owls ringing-ears stenosis-evening stone-season",
    "s": "a-spare-kidney awake-at-four growing-backs keys-in-fridge macula-tea"
    " narrow-spine neck-and-arm open-wide sore-feet streaming-noses",
    "t": "after-treatment curved-spine disc-surgery hand-surgeons headache-hour"
    " hip-replacement lungs-live neck-hour spinal-stenosis type-two",
    "v": "all-hands-brindle ballot-line damp-hour hip-evening lantern-call"
    " pool-question-time rhythm-evening smoker-and-veil stones-open-day wreck-cloth",
    "w": "below-the-belt clear-sight crooked-line disc-hour feet-first four-a-m"
    " narrow-canal ringing-in-ears small-itch steady-now",
    "x": "biscuit-tin filter-paper green-ink out-of-puff pardon shorter-than-i-was"
    " small-hours steady-hands stiff-neck waterworks",
    "y": "bean-row bump-chat dog-hour mill-ward open-door plan-desk second-key"
    " small-archives stiff-back ticker-line",
    "z": "crooked-fence flutter-wednesday four-oclock gravel-porch kidney-lunch"
    " leaky-faucet smudged-windshield spinning-room thumb-jar tin-collar",
    "aa": "crumb-and-quarter drawer-nineteen fourth-chamber loose-hips-thursday"
    " lumbar-postbag nobody-sleeps-here spokes-and-spite stairwell-c"
    " tent-of-whys wednesday-lectern",
    "bb": "bent-reed brindle-and-crumb halfpenny-vestry moth-lantern"
    " odometer-confessional onion-parliament pelt-night quarrel-hedge"
    " the-fourth-stair valve-and-kettle",
    "cc": "quiet-hours rusty-bolts spine-after-supper tails-up uphill-heart"
    " velvet-ear waiting-room yard-vet",
    "dd": "ankle-hour bump-talk crown-corner disc-evening elbow-club fast-pulse"
    " gut-monday hip-letters",
    "ee": "invoice-hour june-hive kyrie-corner lint-hours mayor-minutes"
    " noun-trouble overdue-pension plodders-only",
    "ff": "asthma-inhalers atrial-fibrillation celiac-chat glaucoma-lecture"
    " hearing-phone-in kidney-stones neck-arm-pain parkinson-evening"
    " pregnancy-sugar psoriasis-live sleep-apnea thyroid-nodules",
    "gg": "council-hour-bins eye-evening-cataract garden-phone-in"
    " live-chat-kids-asthma live-chat-sleep-apnea nurse-evening-kidney"
    " nurse-menopause-night osteoporosis-spine-evening phone-in-gut"
    " podcast-mailbag-migraine radio-thyroid-slips university-evening-mature",
    "hh": "c-after-the-emergency c-back-school-before c-brittle-backs"
    " c-bug-in-the-disc c-clumsy-hands c-curve-clinic-parents"
    " c-grafters-backs c-hot-needle-hour c-leaning-evening"
    " c-long-backed-mornings c-pelvis-and-prams c-sitting-on-it c-tingle-box"
    " c-when-it-spreads",
    "ii": "d-bones-at-the-library d-curves-scoliosis-families d-fusion-mailbag"
    " d-heartbeat-voicemail d-kidney-partners-call d-long-back-pain"
    " d-migraine-reading-room d-neck-nerves-seminar d-parkinson-circle"
    " d-shoulder-clinic-hour d-si-joint-podcast d-sleep-apnea-grand-room"
    " d-stenosis-senior-college d-stiff-spines-together",
    "jj": "afib-phone-in apnea-voicemail asthma-question-cards kidney-stone-mailbag"
    " knee-live-chat migraine-lecture thyroid-web-team tinnitus-kitchen-table",
    "kk": "cataract-line gout-line hip-line neck-line reflux-line scoliosis-line"
    " shoulder-line veins-line",
    "ll": "cataract-surgery-afternoon-tea childhood-eczema-parents-hour"
    " hand-nerves-numbered-cards heel-and-forefoot-pain-town-hall"
    " inflammatory-back-pain-young-adults kidney-stones-lunch-talk"
    " knee-arthritis-morning-clinic neck-spinal-cord-radio-style"
    " numb-feet-neuropathy-two-hosts shoulder-evening-surgeon-and-physio"
    " sleep-apnea-late-evening spinal-fractures-and-bone-strength",
    "mm": "childrens-food-allergy-parents-call-in"
    " council-evening-new-bridge-planner-and-engineer"
    " eyes-cataract-and-glaucoma-hall-evening gardeners-greenhouse-question-time"
    " kidney-morning-radio-phone-in lawyers-hour-wills-and-neighbours-phone-in"
    " pelvic-floor-and-bladder-clinic-webinar skin-podcast-mailbag"
    " snoring-and-sleep-apnoea-hospital-webinar"
    " thyroid-patients-association-webinar tinnitus-and-hearing-aid-podcast"
    " university-applicants-online-evening",
}
"""Who wrote which programmes; no hand saw another's, or the rules. In the shows
of cc, dd and ee one voice reads the questions and answers them."""
OFTEN = 3
"""Shows in which a name must occur."""
NETWORKS = 2
WIDTH, LAYERS = 64, 4
EPOCHS, BATCH = 20, 6
RATE, DECAY = 4e-3, 1e-2
DROPPED, UNSEEN = 0.4, 0.2
"""Share of what is passed on, and of the names seen, that is left out in training."""
VARIANTS = (0.35, 0.15, 0.2, 0.15, 0.15)
"""How often a show is learnt from as it is, without marks, begun late, by one voice, and
with two voices taken for one."""
CUT = 0.5
"""How often a show is learnt from a part of it only."""
LOSSES = (1.0, 0.3, 0.7, 0.2)
"""What each of ``HEADS``, and whether an answer goes on, counts."""
ELSEWHERE = 0.2
"""What a sentence counts in whose talk no viewer asks anything."""
Array = Any


@dataclass(frozen=True, slots=True)
class Example:
    """One variant of a programme, a row a unit."""

    names: Sequence[Sequence[str]]
    labels: Array
    """(units, 4): each of ``HEADS``, and whether an answer is being given."""
    counts: Array
    """(units, 4): whether that label is known and counts."""


def train(
    programmes: Sequence[Programme], others: Sequence[Sequence[Unit]] = ()
) -> bytes:
    """Return the content of ``edges.npz``, learnt from some programmes.

    Where answers end is learnt from those that tell it; from the units of ``others``,
    in which no viewer asks anything, what is none of their questions.
    """
    torch.set_num_threads(1)
    shows = [[*map(example, variants(marked))] for marked in programmes]
    often = Counter(
        name
        for marked, *_ in shows
        for name in {name for row in marked.names for name in row}
    )
    names = sorted(name for name, shows_in in often.items() if shows_in >= OFTEN)
    place = {name: n for n, name in enumerate(names, 1)}
    shows += [[without_viewers(units)] * len(VARIANTS) for units in others]
    held = [[_Rows.of(one, place) for one in variants] for variants in shows]
    nets = [_learn(held, len(names), seed) for seed in range(NETWORKS)]
    return format_network(names, _joined(nets))


def variants(marked: Programme) -> tuple[Programme, ...]:
    """Return a programme as it is, and in each other way of ``VARIANTS``."""
    return (
        marked,
        without_marks(marked),
        begun_late(marked),
        by_one_voice(marked),
        with_two_alike(marked),
    )


def example(programme: Programme) -> Example:
    """Return what is seen in a programme's units, and what is so of them."""
    begins, ends = is_opening(programme), is_ending(programme)
    firsts = [unit.start for unit in split(programme.turns)]
    labels = np.zeros((len(begins), len(LOSSES)), np.float32)
    counts = np.zeros_like(labels)
    counts[:, [0, 2, 3]] = (1, bool(programme.ends), bool(programme.ends))
    goes_on = answered = False
    for at, start in enumerate(firsts):
        if begins[at]:
            sentence = bisect_right(programme.starts, start) - 1
            goes_on = answered = programme.asked[sentence]
        labels[at, 1], counts[at, 1] = answered, any(begins[: at + 1])
        labels[at, [0, 2, 3]] = (begins[at], ends[at], goes_on)
        goes_on = goes_on and not ends[at]
    talk = talk_of(programme)
    return Example(look(talk), labels, counts)


def without_viewers(units: Sequence[Unit]) -> Example:
    """Return what is seen in a talk in which no viewer asks anything."""
    labels = np.zeros((len(units), len(LOSSES)), np.float32)
    counts = np.zeros_like(labels)
    counts[:, 0] = ELSEWHERE
    return Example(look(Talk.of(units, [False] * len(units))), labels, counts)


@dataclass(frozen=True, slots=True)
class _Rows:
    """An example as numbers."""

    places: Array
    """(units, most names): rows of the table, 0 where there is none."""
    labels: Array
    counts: Array

    @staticmethod
    def of(one: Example, place: dict[str, int]) -> _Rows:
        rows = [[place[name] for name in row if name in place] for row in one.names]
        places = np.zeros((len(rows), max(map(len, rows))), np.int64)
        for at, row in enumerate(rows):
            places[at, : len(row)] = row
        return _Rows(places, one.labels, one.counts)

    def cut(self, first: int, stop: int) -> _Rows:
        part = slice(first, stop)
        return _Rows(self.places[part], self.labels[part], self.counts[part])


class _Net(nn.Module):  # type: ignore[misc]  # torch has no types here
    """What ``pullquote.mark.suggest.network`` works out, with what learning needs."""

    def __init__(self, names: int) -> None:
        super().__init__()
        self.table = nn.EmbeddingBag(names + 1, WIDTH, mode="sum", padding_idx=0)
        nn.init.normal_(self.table.weight, std=0.03)
        with torch.no_grad():
            self.table.weight[0] = 0
        self.bias = nn.Parameter(torch.zeros(WIDTH))
        self.near = nn.ModuleList(
            nn.Conv1d(WIDTH, WIDTH, 3, padding=2**n, dilation=2**n)
            for n in range(LAYERS)
        )
        self.out = nn.Linear(2 * WIDTH, len(LOSSES))
        nn.init.zeros_(self.out.bias)
        self.drop = nn.Dropout(DROPPED)

    def forward(self, places: Array, inside: Array) -> Array:
        """Return the log-odds (shows, units, 4); ``inside`` is 0 past a show's end."""
        shows, units, most = places.shape
        sums = self.table(places.reshape(shows * units, most))
        first = torch.relu(sums.reshape(shows, units, WIDTH) + self.bias)
        first = self.drop(first) * inside
        last = first
        for layer in self.near:
            told = layer(last.transpose(1, 2)).transpose(1, 2)
            last = last + self.drop(torch.relu(told)) * inside
        return self.out(torch.cat([first, last], -1))


def _learn(shows: Sequence[Sequence[_Rows]], names: int, seed: int) -> _Net:
    torch.manual_seed(seed)
    chosen = np.random.default_rng(seed)
    net = _Net(names)
    steps = EPOCHS * -(-len(shows) // BATCH)
    adam = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    rate = torch.optim.lr_scheduler.OneCycleLR(
        adam, RATE, total_steps=steps, pct_start=0.15
    )
    losses = torch.tensor(LOSSES)
    for _ in range(EPOCHS):
        order = chosen.permutation(len(shows))
        for start in range(0, len(order), BATCH):
            places, inside, labels, counts = _batch(
                [shows[n] for n in order[start : start + BATCH]], chosen
            )
            told = binary_cross_entropy_with_logits(
                net(places, inside), labels, reduction="none"
            )
            sums = (told * counts).sum((0, 1)) / counts.sum((0, 1)).clamp(min=1)
            adam.zero_grad()
            (sums * losses).sum().backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            adam.step()
            rate.step()
    return net


def _batch(shows: Sequence[Sequence[_Rows]], chosen: np.random.Generator) -> list[Any]:
    """Return places, what is inside a show, labels and counts, padded to one length."""
    parts = []
    for variants in shows:
        rows = variants[chosen.choice(len(VARIANTS), p=VARIANTS)]
        units = len(rows.labels)
        if chosen.random() < CUT:
            kept = int(chosen.integers(units // 3, units + 1))
            first = int(chosen.integers(0, units - kept + 1))
            rows = rows.cut(first, first + kept)
        parts.append(rows)
    longest = max(len(rows.labels) for rows in parts)
    most = max(rows.places.shape[1] for rows in parts)
    places = np.zeros((len(parts), longest, most), np.int64)
    inside = np.zeros((len(parts), longest, 1), np.float32)
    labels = np.zeros((len(parts), longest, len(LOSSES)), np.float32)
    counts = np.zeros_like(labels)
    for n, rows in enumerate(parts):
        units = len(rows.labels)
        places[n, :units, : rows.places.shape[1]] = rows.places
        inside[n, :units] = 1
        labels[n, :units], counts[n, :units] = rows.labels, rows.counts
    places[chosen.random(places.shape, np.float32) < UNSEEN] = 0
    return [*map(torch.from_numpy, (places, inside, labels, counts))]


def _joined(nets: Sequence[_Net]) -> dict[str, Array]:
    """Return the weights of some networks as one ``Network`` holds them."""
    heads = slice(0, len(HEADS))

    def of(tensor: Any) -> Array:
        return tensor.detach().numpy()

    tables = [of(net.table.weight) for net in nets]
    near = [[of(layer.weight) for layer in net.near] for net in nets]
    return {
        "table": np.concatenate(tables, axis=1),
        "bias": np.stack([of(net.bias)[None] for net in nets]),
        "near": np.array(near).transpose(1, 4, 0, 3, 2),
        "near_bias": np.array(
            [[of(layer.bias)[None] for layer in net.near] for net in nets]
        ).swapaxes(0, 1),
        "out": np.stack([of(net.out.weight).T[:, heads] for net in nets]),
        "out_bias": np.stack([of(net.out.bias)[None, heads] for net in nets]),
    }


def talk_of(programme: Programme) -> Talk:
    """Return a programme's units and turns."""
    units = split(programme.turns)
    return Talk.of(units, [False] * len(units))


def begun_late(programme: Programme) -> Programme:
    """Return a programme without its welcome: it begins where the first one asks."""
    first = programme.starts[min(programme.asked)]
    turns = [turn for turn in programme.turns if turn.end > first]
    return replace(programme, turns=turns)


def with_two_alike(programme: Programme) -> Programme:
    """Return a programme in which who asks most and who answers them have one voice."""
    asks, answers = Counter[str](), Counter[str]()
    for turn, following in pairwise(programme.turns):
        starts = [turn.words[at].start for at in turn.sentence_starts]
        asked = sum(programme.starts[n] in starts for n in programme.asked)
        asks[turn.speaker] += asked
        answers[following.speaker] += bool(asked)
    one, other = (counts.most_common(1)[0][0] for counts in (asks, answers))
    turns = [
        replace(turn, speaker=one) if turn.speaker == other else turn
        for turn in programme.turns
    ]
    return replace(programme, turns=turns)


def is_opening(programme: Programme) -> list[bool]:
    """Say of each unit whether it is the first of a sentence that begins a question."""
    begins = {programme.starts[sentence] for sentence in programme.asked}
    return [unit.start in begins for unit in split(programme.turns)]


def is_ending(programme: Programme) -> list[bool]:
    """Say of each unit whether it is the last of a sentence that ends an answer."""
    units = split(programme.turns)
    sentences = [bisect_right(programme.starts, unit.start) - 1 for unit in units]
    return [
        here in programme.ends and here != following
        for here, following in pairwise([*sentences, -1])
    ]


def read_hand(hand: str) -> list[Programme]:
    """Return the programmes that one hand wrote."""
    return [read(FOLDER / f"{name}.txt") for name in HANDS[hand].split()]


def consultations(qa: Path) -> list[Sequence[Unit]]:
    """Return the units of talks in which a doctor asks and nobody watches."""
    paths = sorted(qa.glob("input/consult-*.json"))
    return [as_units(json.loads(path.read_text())["units"]) for path in paths]


def main() -> None:
    """Learn from all programmes and write the weights."""
    qa, target = map(Path, sys.argv[1:])
    programmes = [programme for hand in HANDS for programme in read_hand(hand)]
    target.write_bytes(train(programmes, consultations(qa)))


if __name__ == "__main__":
    main()
