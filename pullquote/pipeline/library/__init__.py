"""A show's folder as one value in memory: everything that is sound, and every fault.

``load`` reads the show, ``episode_reader`` an episode, ``origins`` says which of them
need not be read again; ``episode_files`` are an episode's transcripts and chapters.
"""
