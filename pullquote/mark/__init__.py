"""Find questions and answers, cut them, keep their review.

May import: formats, model, errors.
"""
