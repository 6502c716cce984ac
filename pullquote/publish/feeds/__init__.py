"""What subscribers get: feeds, as documents of bytes; compared with those before.

``podcast_channel`` and ``answers_channel`` say what stands in them (``feed_view`` is its
form, ``feed_parts`` what both share), ``feed`` writes RSS
through feedgen with ``podcast_namespace``, ``json_feed`` JSON Feed; ``feed_text`` and
``feed_html`` keep what any client can read. ``requirements`` is what directories ask,
with Apple's ``categories``, ``gate`` what may not change.
"""
