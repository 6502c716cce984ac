"""Words that say little: grammar, small talk, what links, forms of one word, asides.

None changes a claim by coming or going alone; ``meanings`` has those that do.
"""

from __future__ import annotations

from pullquote.mark.lexicon.meanings import WHO, phrases, words

GRAMMAR = words(
    """
    a an the this that these those them there here it its itself he him his himself she
    her hers herself they their theirs themselves i me my mine myself we us our ours
    ourselves you your yours yourself yourselves who whom whose which what whoever
    whatever how why where when if whether am is are was were be been being do does did
    done doing have has had having will would shall should can could may might must get
    gets got gotten getting become becomes became go goes going went gone let and or nor
    but so then than as of to in on at for with by from into onto about around up down
    out because since though although while such not no also
    """
)
"""Words that come and go where spoken grammar is mended."""
TALK = words(
    """
    absolutely actually again ahead all any anyhow anyway basically bit both called case
    certainly chair course currently definitely dollar dollars due each every exact
    exactly example fact frankly happen hear hello hi honest honestly idea imagine
    indeed instance just kind knew know like listen madam mr literally look matter mean
    meant mention moment move now number obviously oh okay ones only order personally
    please point pretty question quite real really right said saw say see seen simply
    single sir situation some sort speak spoke spoken stuff super sure talk tell term
    thank thing think thought time told totally truly try understand want way well word
    yes
    """
)
"""What is left out and not missed; what counts of it is of a kind of its own."""
BEING = words("am are is was were")
STAYING = BEING | words("be been remain remains")
COMING = words("will would to")
"""What tells, before a verb, that it has not happened."""
WISHED = words("could might must should would")
OWNED = words("the my our your his her their its these those")
SUBJECTS = WHO.keys() | words("a an it that the there these this those")
"""What a statement may begin with that has a subject of its own."""
OF_IT = words("he it she that they this")
LINKS = """
in on at, onto on to, into in, to until, to through, about around, than from, than to,
because since as, for since, but though although while, and but, and to, off from, of in,
of on, of with, of for, of to, is are am, was were
"""
"""Words that link, and are as good as each other, by groups."""
LINKING = words(LINKS.replace(",", " ")) | words("or so by into onto up down out")
FORMS = """
after afterwards; among amongst; amount number; around round; be been was were; because
reason; begin began begun; break broke broken; bring brought; burn burnt; buy bought;
catch caught; check cheque; choose chose chosen; come came; do does did done; draw drew
drawn; drink drank drunk; drive drove driven; eat ate eaten; fall fell fallen; feel
felt; few fewer less; leaf leafs leaves; calf calfs calves; find found; foot feet; get got gotten; give gave given; go goes
went gone; good well; gray grey; grow grew grown; have has had; hold held; inquiry
enquiry; judgment judgement; keep kept; know knew known; lay lie laid lain lying; learn
learnt; leave left; license licence; lose lost; lot many much bunch plenty ton; make made;
mean meant; people person folk; practice practise; run ran; say said; see saw seen; sell
sold; send sent; shrink shrank shrunk; sit sat set; sleep slept; speak spoke spoken;
spend spent; stand stood; swell swole swollen; swim swam swum; take took taken; teach
taught; tear tore torn; tell told; think thought; tire tyre; vertebra vertebrae; wake
woke woken; wear wore worn; while whilst; write wrote written; aging ageing; aluminum
aluminium; bend bent; bite bit bitten; bleed bled; build built; cozy cosy; curb kerb;
deal dealt; defense defence; dig dug; draft draught; dream dreamt; exam examination;
feed fed; fight fought; fly flew flown; forget forgot forgotten; freeze froze frozen;
hang hung; hear heard; hide hid hidden; info information; kneel knelt; lab laboratory;
lead led; lean leant; leap leapt; maneuver manoeuvre; meet met; mold mould; mom mum
mother; dad father; offense offence; orient orientate; pay paid; physio physiotherapist
physiotherapy; plow plough; pointed pointy; preventive preventative; prove proven; quads
quadriceps; rehab rehabilitation; ride rode ridden; ring rang rung; rise rose risen;
shake shook shaken; shoot shot; show shown; skeptic sceptic; skeptical sceptical; slide
slid; smell smelt; spell spelt; spill spilt; spin spun; spoil spoilt; stick stuck; sting
stung; story storey; strike struck stricken; sulfate sulphate; sulfur sulphur; sweep
swept; throw threw thrown; understand understood; win won
"""
"""Forms of a word that no ending tells, and what is right for what is said."""
SAME_PAST = words("burst cast cost cut hit hurt lay let put quit set shut split spread")
SINGULAR = words("he it she")
"""What tells, before one of those, that it was: "it hurts" now."""
NO_PAST = words("does gets goes has lie lying practise licence reason round")
"""Of these, but for the first of each, what may follow a "would"."""
ASKING = words(
    """
    am are can could did do does had has have is may might must should was were will
    would
    """
)
"""Verbs that stand first in a question."""
ASKED = words("he i it she that there they we you")
"""Who or what it asks of."""
ARTICLES = words("a an the")
LISTING = words("and but nor or")
SEVERAL = LISTING | words("so then")
"""What links clauses."""
IDLE = words("and but so then well")
"""What a sentence begins with and needs not."""
PASSING = IDLE | words("also just now really")
"""What may stand before a passage that begins a sentence all the same."""
FILLERS = words("so well like you know mean and")
MORE = words("add again also and another both each more or plus then too")
"""What makes a number said again another one: "two tablets and two tablets"."""
CORRECTING = words("mean plus rather sorry then")
"""What makes of a "one" a number: "take two, sorry, one"."""
REASONS = words("after as before for once without")
"""What may be a reason for a "not", with a clause: "not as it is worn"."""
OPENING = words(
    """
    according after as at before by during for from if in on once over under when
    whenever with within without
    """
)
"""What a passage begins with that may open a sentence or close it."""
BINDING = OPENING | words("because only since though unless until")
"""What a passage begins with of which its stop says what it belongs to."""
CLAUSES = words(
    """
    after although and as because before but for if nor not or since so than that though
    unless until when where which while who whom whose without
    """
)
"""What begins a clause: past it something else is spoken of."""
CONNECTING = words(
    """
    although and as because before after but if nor or since so than though unless until
    when where whereas while
    """
)
"""What says how two statements hang together."""
TAILS = words("except if only provided unless until")
"""What a sentence begins with that says on what the one before it depends."""
GROUNDS = words("because although though unless until while")
"""What a clause begins with on which the rest depends."""
ONLY = words("just merely only simply solely")
"""What makes of a "not" that it is not all: "not just the disc"."""
INVITED = words("can could")
IMAGINED = words("imagine picture think")
"""What a listener is asked to do, which no "sort of" makes less sure."""
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
"""Phrases that say nothing of the matter: they find the words, or hold the listener.

Only where commas or a sentence's ends set them apart, in the guard's forms: "don't" is
"do not", "have to" is "must". What makes a statement less sure ("I guess") or a figure of
speech ("so to speak"), a list open ("and so on"), or may be meant ("hold on", "wait a
minute", "at the end of the day") is none.
"""
SAYING = words(
    "ask asked imagine mentioned part said say saying talked tell told explain"
)
COURTESY = words("question thank thanks")
"""What a sentence of some words holds that but thanks, or praises the question."""
LEADING = words("earlier works")
"""What leads to the matter has beside small talk: "what I said earlier", "how it works is"."""
QUESTION_PARTS = words("last other part question")
"""What is said of a question in parts: "as for the second part,"."""
