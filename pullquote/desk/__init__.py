"""The desk: a local web application in which editors hear, correct, cut and review.

May import: pullquote.mark, pullquote.media and all below. What other stages do is
handed in as ``context.House``. The files stay the truth.
"""
