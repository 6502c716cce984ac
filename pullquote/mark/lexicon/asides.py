"""Phrases that say nothing of the matter: they find the words, or hold the listener.

Only where commas or a sentence's ends set them apart. What makes a statement less sure
("I guess") or a figure of speech ("so to speak"), a list open ("and so on"), or may be
meant ("hold on", "wait a minute", "at the end of the day") is none.
"""

from __future__ import annotations

from pullquote.mark.lexicon.meanings import phrases, words

ASIDES = phrases(
    """
    hang on, sorry, excuse me, pardon me, forgive me, bear with me, i beg your pardon, i am sorry,
    let me start again, let me start over, let me rephrase, let me rephrase that,
    let me put it another way, let me put it differently, let me put it this way,
    let us put it this way, how can i put it, how shall i put it, how should i put it,
    how do i put it, how do you say, how do i say, how do i say this, how do i say it,
    how should i say, how should i say it, how should i say this, how shall i say,
    how can i say, how can i say this, how would i say, how would i put it, let me think, what is the word, what is it called, what do you call it,
    what do they call it, whatsit, whatsitsname, thingy, where was i, what was i saying,
    back to the question, back to your question, to come back to the question,
    when all is said and done, long story short, by the way,
    to cut a long story short, to make a long story short, the other thing is,
    to be fair, in fairness, let us be honest, i must be honest, i will be honest,
    this is important, that is important, this is the important bit, here is the thing,
    simple as that, it is as simple as that, it is that simple,
    if you will, if i may, if you see what i mean, if you know what i mean,
    if that makes sense, does that make sense, you see what i mean, you know what i mean,
    believe it or not, do not get me wrong, needless to say, it goes without saying,
    as you can see, as you can imagine, as you may imagine, as you might imagine,
    as you can tell, as you may know, as you might know, as you know, as we all know,
    touch wood, knock on wood, trust me, believe me, mind you, you name it, lo and behold,
    i must say, i must admit, i should say, must say, must admit, i get asked this a lot, i get asked that a lot, we get asked this a lot, people ask me this a lot,
    people always ask me this, everyone asks me that, oh dear, my goodness, god forbid,
    bless her, bless him, bless them, bless her heart, bless his heart
    """
)
"""In the guard's forms: "don't" is "do not", "have to" is "must"."""
SAYING = words(
    "ask asked imagine mentioned part said say saying talked tell told explain"
)
COURTESY = words("question thank thanks")
"""What a sentence of some words holds that but thanks, or praises the question."""
LEADING = words("earlier works")
"""What leads to the matter has beside small talk: "what I said earlier", "how it works is"."""
QUESTION_PARTS = words("last other part question")
"""What is said of a question in parts: "as for the second part,"."""
