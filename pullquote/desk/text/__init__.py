"""What is done with texts, without a file or a request.

- ``drafting``: an answer's form, and two people's changes of it brought together;
- ``beneath``: the spoken words of each sentence;
- ``patch``: one change taken back after others were made.
"""
