"""Editors' and clinicians' decisions, written to files: suggestions (``suggesting``) and
what became of them (``deciding``), cuts and signatures (``answers``), notes (``drafting``).
"""
