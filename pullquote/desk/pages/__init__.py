"""The places that people go to: each module has its routes, and does what they ask.

- ``shelf``: all episodes and where they stand; ``stages``: what is started there;
- ``transcript``: one episode's words and their ``sound``, told to others ``live``;
  ``cutting``, ``finding`` and ``versions`` are its panels;
- ``redactions``: what is private in it;
- ``answers``: the editor of one answer, its page in ``preview``;
- ``sending`` it to a doctor, who decides in ``review``;
- ``accounts``: the door itself, and who one is.
"""
