"""Turn a recording into words with times and speakers.

In the order in which a recording goes through them:

- ``transcriber``: recordings on disk, with a model that stays loaded; ``clips``: many
  short ones at once; ``cluster``: on many machines. All three do the steps of
- ``stage``: look where somebody speaks, hear, tell voices apart, join. It rests on
- ``words``, what is said: ``detector`` (speech or not), ``windows``, ``chunks`` (of
  them), ``listen`` (``batch``, ``journal``; what is believed: ``accept``; the show's
  words: ``glossary``, ``near``, ``expect``; lost capitals: ``marks``), then ``pauses``
  and ``edges`` (times), ``segments``, ``offers`` to the editor;
- ``voices``, who says it: ``diarizer`` (``segmenter``, ``voicing``, ``embedder``,
  ``clustering``, ``crosstalk``), ``prints`` of known people, ``assign`` to words;
- ``engine``: ``weights`` and the two runtimes behind one interface, ``runtime``.
- Afterwards ``scaffold`` writes the first ``transcript.md``, with guesses by ``names``;
  ``current`` says whether all that is still due another time.

May import: media, formats, model, errors, the speech runtimes.
"""
