"""The trainer of openings, on one hand's shows: does it learn from them, and the same?"""

from collections import Counter

import numpy as np

from bench import programmes
from pullquote.mark.suggest.edges import FIGURES, look
from pullquote.mark.suggest.network import HEADS, format_network, parse_network


def test_weights_of_some_shows_tell_where_others_questions_begin() -> None:
    from tools.train_programmes import HANDS, read_hand, train

    assert {name for names in HANDS.values() for name in names.split()} == {
        path.stem for path in programmes.FOLDER.glob("*.txt")
    }
    shows = [*read_hand("ours"), *read_hand("a")]
    with FIGURES.using(parse_network(train(shows))):
        counts = sum(map(programmes.score, read_hand("b")), Counter[str]())
    assert counts["near"] >= 0.5 * counts["asked"]
    assert counts["near"] >= 0.5 * counts["suggested"]


def test_same_shows_same_bytes() -> None:
    from tools.train_programmes import read_hand, train

    shows = read_hand("ours")[:3]
    assert train(shows) == train(shows)


def test_what_numpy_works_out_is_what_torch_learnt() -> None:
    import torch

    from tools import train_programmes as trainer

    (show,) = trainer.read_hand("ours")[:1]
    seen = look(trainer.talk_of(show))
    names = sorted({name for row in seen for name in row})
    rows = trainer._Rows.of(
        trainer.example(show), {name: n for n, name in enumerate(names, 1)}
    )
    torch.manual_seed(1)
    net = trainer._Net(len(names)).eval()
    with torch.no_grad():
        inside = torch.ones(1, len(seen), 1)
        expected = net(torch.from_numpy(rows.places[None]), inside)[0].numpy()
    data = format_network(names, trainer._joined([net]))
    found = parse_network(data).odds(seen)
    assert np.allclose(found, expected[:, : len(HEADS)], atol=0.02)


def test_who_asks_and_who_answers_may_have_one_voice() -> None:
    from tools.train_programmes import read_hand, with_two_alike

    show = next(s for s in read_hand("b") if len({t.speaker for t in s.turns}) > 2)
    alike = with_two_alike(show)
    before, after = ({t.speaker for t in one.turns} for one in (show, alike))
    assert len(after) == len(before) - 1
    assert after < before
    assert [t.words for t in alike.turns] == [t.words for t in show.turns]
