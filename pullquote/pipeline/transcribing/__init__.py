"""Transcribes what is due: here (``episodes``), or on other machines (``farming``), with
the voices that people agreed to (``voices``).
"""
