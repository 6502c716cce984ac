"""What people say around a question, sentence by sentence: a table for each kind."""

import pytest

from pullquote.mark.suggest import cues, frames

ANNOUNCE = """
Our first question tonight is about sleep.
This comes from a teacher in the north.
I have a message here from Dorothea.
Jules on the chat is wondering about knee braces.
Okay, from the inbox.
A listener called Hamid got in touch.
Somebody rang earlier and left this for us.
There's a note from Patience, aged nine.
Martha has written in.
Right, what have we got.
We've had an e-mail from a couple in Dorset.
Let's hear from Ron.
Let me read you this.
Quick one from the back row.
Here's a tricky one.
This one made me laugh.
Another viewer is worried about her hips.
The most popular question by far.
A number of people have asked about fasting.
Several of you wrote about vaccines.
The next two go together.
Over to the chat.
There's one more from earlier.
Priya, what have you got for us?
I'll read it as it came.
It came in last night.
And this just popped up.
Now a question for the surgeon.
We had a lot of questions about driving.
Can we take the one about magnesium?
Beth from Leeds.
From Carlos.
Question four.
Then there's Otto, who is seventy.
The gentleman at the back.
An e-mail now.
A text has come in.
On the subject of money, Yusuf asks this.
Staying with shoulders, Greta says hers clicks.
You wrote to us about insoles.
Moving to the postbag.
Next.
Last one.
Time for a final question.
Let's squeeze in Nadia's.
A follow-up on that from the chat.
Kwame wants to know.
Someone has typed in capitals.
""".strip().splitlines()
GO_ON = """
The first thing I do is look at the scan.
My next patient was a roofer.
People say it hurts more at night.
She came back after a month and was fine.
There are a few reasons for that.
We have a lot of data on that now.
The question is how much pain you can bear.
I always ask my patients to walk first.
The last step is surgery.
A lot of people take it at bedtime.
Someone with diabetes should be careful.
The message is keep moving.
From the knee down it goes numb.
Both of those are safe.
I have a few slides on that.
There is one exception.
That's a good question.
I get that question a lot.
The other thing is the shoes.
Then we see them again after six weeks.
Let's look at the evidence.
I've seen that in the chat of my own practice.
They told me the same at the hospital.
Women ask about it more than men.
You asked about the cortisone, and yes.
""".strip().splitlines()
INTRODUCE = """
Hi, thank you for taking my question.
My name is Odile and I'm from Ghent.
I'm Peter Vass, third floor.
Peter Vass, third floor.
Yes, hello, can you hear me okay?
It's Ingrid from Malmo.
Good evening, Ingrid Solberg, resident.
I've been a listener since the first show.
I'm a retired teacher.
I'm calling from my kitchen.
Just a short question from me.
I've got two questions, if that's all right.
First, congratulations on the book.
That was fascinating, thank you.
Sorry, I'm a bit nervous.
I'll try to be quick.
Thanks for having me on.
I represent the tenants of Block C.
I'm with the cycling club.
This is more of an observation.
Okay, so, hi everybody.
Long time listener, first time caller.
Me again.
It's my first time doing this.
I wasn't going to say anything.
I don't know if this is the right place to ask.
Great presentation, I learned a lot.
I'm speaking for my mother, who can't be here.
I'm here with my husband.
I just wanted to follow up on what the lady said.
Thanks, Chair.
I'm Dr. Mbeki, a GP in the valley.
""".strip().splitlines()
COME_TO_THE_POINT = """
I've had a sore hip since March.
My son can't sleep without the light on.
I'm seventy and I've just had a stent.
You said that cartilage does not grow back.
I take three tablets a day and I feel dizzy.
I've been on statins for nine years.
We bought a house with a damp cellar.
I was told that I must not fly.
I'm worried about the drains.
My doctor thinks it's nothing.
I read your book twice and never understood the ending.
I live above a bar and the bass goes on until three.
I run marathons and my knee swells.
I'm having trouble with my landlord.
In chapter three you write that she lied.
Our cat sneezes all day.
I do a lot of gardening and my back seizes up.
I've noticed that my hands shake.
Last year they closed the bus stop on our road.
I'm due to have my gallbladder out next month.
""".strip().splitlines()
REFUSE = """
I can't comment on that, sorry.
That's not something we can discuss here.
I'd rather not go into individual cases.
We'll come back to that another time.
That has to wait for the next meeting.
I'm afraid we don't have time for that one.
I honestly don't know.
That's outside my field.
We'll answer that in writing.
Let's leave it there.
No comment.
I won't be drawn on that.
That's a matter for the courts.
We can't give legal advice.
I don't want to speculate.
That's one for a lawyer.
I have no idea, I'm sorry.
We don't do individual results here.
I'll have to pass on that.
Sorry, we've run out of time.
It's not for me to say.
Ask me again next year.
We'll skip that one.
""".strip().splitlines()
ANSWER = """
I don't know of any study, but in practice it helps.
You can't do that with a fresh fracture.
I'd ask your own doctor for a blood test first.
No, that's a myth.
It takes time.
There's no time limit on that.
You should not skip the second dose.
Leave it on for two weeks.
""".strip().splitlines()


@pytest.mark.parametrize("said", ANNOUNCE)
def test_a_message_is_announced(said: str) -> None:
    assert frames.frames(said)


@pytest.mark.parametrize("said", GO_ON)
def test_an_answer_that_goes_on_announces_nothing(said: str) -> None:
    assert not frames.frames(said)


@pytest.mark.parametrize("said", INTRODUCE)
def test_a_caller_greets_and_says_who_they_are(said: str) -> None:
    assert _introduces(said)


@pytest.mark.parametrize("said", COME_TO_THE_POINT)
def test_a_caller_comes_to_the_point(said: str) -> None:
    assert not _introduces(said)


def _introduces(said: str) -> bool:
    return (
        frames.is_preamble(said)
        or frames.presents_oneself(said)
        or frames.of_the_call(said)
    )


@pytest.mark.parametrize("said", REFUSE)
def test_an_answer_is_refused_or_put_off(said: str) -> None:
    assert frames.puts_off(said)


@pytest.mark.parametrize("said", ANSWER)
def test_advice_is_no_refusal(said: str) -> None:
    assert not frames.puts_off(said)


@pytest.mark.parametrize(
    ("said", "rest"),
    [
        ("She says, it digs into my ribs", "it digs into my ribs"),
        ("He writes in capitals, IS IT OVER", "IS IT OVER"),
        ("As a follow-up to that, I have diabetes", "I have diabetes"),
        ("The next one I'm going to read out", ""),
        ("My doctor says no", ""),
    ],
)
def test_the_message_within_a_sentence_is_told(said: str, rest: str) -> None:
    assert frames.rest_of(said) == rest


@pytest.mark.parametrize("said", ["theres one from a lady", "shes asking about pain"])
def test_a_recogniser_may_leave_apostrophes_out(said: str) -> None:
    assert frames.frames(said)
    assert cues.asks_within("but the sublet itself may i let my room")
