"""A clinician's signature, and all that stands against it.

Reads a library of answers; gives faults with file and line. ``sign_off`` is the
signature under the show's policy, ``answer_faults`` what is wrong with one answer,
``check`` all that is wrong with an episode or a show, ``across`` the same question in
several episodes.

May import: guard, cut, private, lexicon, formats, model, errors.
"""
