"""A glossary of a show that goes on for years: most of it is never said in an episode.

People are invented.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any

TERMS = """
lumbar puncture; cervical spine; thoracic spine; sacrum; coccyx; sacroiliac joint;
piriformis syndrome; kyphosis; lordosis; scoliosis; osteophyte; osteoporosis;
osteopenia; vertebroplasty; kyphoplasty; foraminotomy; foraminal stenosis;
discography; radiofrequency ablation; medial branch block; spinal cord stimulator;
intrathecal pump; myelopathy; ankylosing spondylitis; rheumatoid arthritis;
sacroiliitis; pregabalin; duloxetine; naproxen; acetaminophen; diclofenac;
cyclobenzaprine; tizanidine; methocarbamol; prednisone; methylprednisolone;
dexamethasone; lidocaine; bupivacaine; ketorolac; tramadol; hydrocodone; oxycodone;
naloxone; celecoxib; meloxicam; amitriptyline; nortriptyline; paresthesia; allodynia;
hyperalgesia; dermatome; myotome; foot drop; straight leg raise; Babinski sign; clonus;
claudication; spondylosis; pars defect; pseudarthrosis; interbody fusion; pedicle screw;
bone graft; dural tear; epidural hematoma; discitis; osteomyelitis; arachnoiditis;
syringomyelia; Chiari malformation; tarlov cyst; synovial cyst; hemangioma; paraspinal
muscles; quadratus lumborum; psoas; erector spinae; transversus abdominis; pelvic tilt;
McKenzie exercises; proprioception; biofeedback; acupuncture; dry needling;
prolotherapy; platelet rich plasma; hyaluronic acid; bisphosphonate; denosumab;
teriparatide; vitamin D; calcitonin; DEXA scan; SPECT scan; somatosensory evoked
potentials; intraoperative neuromonitoring; cerebrospinal fluid; dura mater; filum
terminale; conus medullaris; chymopapain; chemonucleolysis; whiplash; torticollis
"""
PEOPLE = """
Helena Marchbanks; Tobias Winterbourne; Priya Raghunathan; Gordon Abernethy; Lucia
Fontanelli; Samuel Okonkwo; Ingrid Halvorsen; Desmond Applegarth; Yuki Tanabe; Rosalind
Featherstone; Magnus Lindqvist; Beatrice Culpepper; Arjun Venkataraman; Walter
Sandringham; Olivia Penhaligon; Mateo Villanueva; Cordelia Ashworth; Nathaniel Greaves;
Sofia Karamanlis; Edmund Thistlewood
"""


def _split(text: str) -> list[str]:
    return [" ".join(one.split()) for one in text.split(";")]


def show_glossary(truth: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return 100 terms and 20 people, those that the episode says among them."""
    spoken = [row["term"] for row in truth["glossary"]]
    others = [term for term in _split(TERMS) if term not in spoken]
    people = [*truth["names_glossary"], *_split(PEOPLE)]
    return {"terms": [*spoken, *others][:100], "people": people[:20]}


def never_said(truth: Mapping[str, Any], told: Mapping[str, Sequence[str]]) -> int:
    """Return how many of the glossary's texts the episode never says."""
    spoken = " ".join(row["text"] for row in truth["utterances"]).casefold()
    texts = [*told["terms"], *told["people"]]
    return sum(text.casefold() not in spoken for text in texts)


def errors_elsewhere(
    scorer: ModuleType,
    truth: Mapping[str, Any],
    heard: Mapping[str, Any],
    told: Mapping[str, Sequence[str]],
) -> tuple[int, int]:
    """Return how many words that the glossary says nothing of are wrong, of how many."""
    import jiwer

    said = scorer.NORM(scorer.text_of(truth)).split()
    found = scorer.NORM(scorer.text_of(heard)).split()
    listed = _listed(said, [scorer.NORM(text).split() for text in _texts(told)])
    wrong = 0
    aligned = jiwer.process_words(" ".join(said), " ".join(found)).alignments[0]
    for part in aligned:
        span = range(part.ref_start_idx, part.ref_end_idx)
        if part.type == "insert":
            beside = {part.ref_start_idx - 1, part.ref_start_idx} & listed
            wrong += 0 if beside else part.hyp_end_idx - part.hyp_start_idx
        elif part.type != "equal":
            wrong += sum(at not in listed for at in span)
    return wrong, len(said) - len(listed)


def _texts(told: Mapping[str, Sequence[str]]) -> list[str]:
    names = [part for name in told["people"] for part in name.split()]
    return [*told["terms"], *told["people"], *names]


def _listed(said: Sequence[str], texts: Sequence[Sequence[str]]) -> set[int]:
    """Return the places of words that belong to one of the texts, plural or not."""
    found: set[int] = set()
    for text in texts:
        size = len(text)
        for at in range(len(said) - size + 1 if size else 0):
            stretch = [
                re.sub("(?<=...)e?s$", "", word) for word in said[at : at + size]
            ]
            if stretch == [re.sub("(?<=...)e?s$", "", word) for word in text]:
                found.update(range(at, at + size))
    return found
