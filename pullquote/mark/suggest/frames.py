"""What people say around a viewer's question: who asks, what comes, is the line good.

Each is one sentence's test, as in ``cues``; here are those of whole programmes, with
letters, chats and callers.
"""

from __future__ import annotations

from pullquote.mark.suggest import cues
from pullquote.mark.suggest.cues import BOOK

_NUMBER = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+)"
_ORDINAL = (
    r"(?:next|first|last|second|third|fourth|fifth|final|another|other|following|top|one"
    r" more|same|live|very last)"
)
_PERSON = (
    r"(?:viewer|listener|caller|attendee|person|gentleman|lady|woman|man|reader|member"
    r"|neighbou?r|patient|mother|mom|father|dad|couple|husband|wife|son|daughter|friend|colleague|student|nurse|teacher|user"
    r"|participant|speaker)"
)
_SENT = r"(?:question|message|letter|e-?mail|card|note|text|comment|postcard|post|slip|batch|bunch)"
_THEY = (
    rf"(?:somebody|someone|people|several of you|(?:some|many|lots|a lot|a few|several|both"
    rf"|two|three) (?:of )?(?:you|people|folks|{_PERSON}s)|he|she|they"
    rf"|(?:a|an|one|this|that|the|our|another)(?: [\w-]+){{0,3}} {_PERSON}|who)"
)
_SAYING = (
    r"(?:writes?|wrote|asks?|asked|asking|wonders?|wondered|wondering|adds?|typed"
    r"|(?:wants?|wanted|would like|'d like|would love|'d love) (?:to (?:know|ask|hear"
    r"|understand)|me to)|(?:would|'d) be interested)"
)
_ONE = r"(?:one|another)(?= (?:from|for|here|about|who|which|in|on|to|by|left)\b|[,.;:!]|$)"
_CHANNEL = (
    r"(?:the|our|your|those|these) (?:live |viewers' )?(?:chat|q ?(?:&|and) ?a|questions?"
    r"|question box|box|inbox|mail ?bag|post ?bag|mail ?box|mail|comments|audience|lines?|phones?"
    r"|switchboard|hotline|stream|letters)\b"
)
_FILLED = r"(?:(?:yes|yeah|okay|so|and|um|uh|hi|hello|well|right|sure),? )*"
_FRAME = BOOK.any_of(
    rf"(?<!your )(?<!his )(?<!her )(?<!my )\b{_ORDINAL} (?:\w+ )?(?:{_SENT}s?|{_PERSON}|hand|part)\b"
    r"(?! of| thing)",
    rf"(?:^|\b(?:the|our|a|this|quick|very|and|so|okay|alright|then|now),? ){_ORDINAL} ones?\b(?! of| thing)",
    rf"\b(?:number|{_SENT}|caller)(?: number)? {_NUMBER}\b",
    rf"\b(?:here'?s|here is|there'?s|there is|there are|(?:i|we)(?:'ve|'ll|'d| have| will)?"
    r"(?: also| just| still)* (?:got|have|had|see|take|do|read|start with)|let(?:'s| us| me)"
    r" (?:do|take|read|hear|try|have|squeeze in|go to|go with|start with|turn to|get to))"
    rf"(?: also| just| now| quickly)* (?:an? )?(?:(?!no\b)[\w-]+ ){{0,3}}?(?:{_ONE}|{_SENT}s?"
    r"|a couple|a follow[- ]?up|several|a lot about|some about)\b",
    rf"\b{_SENT}(?: here)?(?:'s| is| was| comes| came)?(?: [\w'-]+)? (?:from|by)\b(?! (?:me|us|you)\b)",
    r"\b(?:this|that|it|(?:the|next|last|first|this|that|got|have|and|here's|there's) one|number"
    r" \w+)(?: here)?(?:'s| is| was| comes| came)(?: in)? (?:from|by)\b(?! (?:me|us|you)\b)",
    rf"\bthis (?:next |last |first )?(?:{_ONE}|{_SENT}|{_PERSON})\b"
    r"|\bthis one(?:'s| is| came| comes| made)\b",
    rf"\b{_THEY}(?:'s| is| are| was| has| have| had| also| just| then| even| else)*(?: {_SAYING}|'d (?:like|love) to"
    r" (?:know|ask|hear|understand))\b",
    rf"^(?:[\w']+,? )?(?:[A-Z][\w'-]+ )+(?:from|in|of|out) [\w ,.'-]+? {_SAYING}\b",
    r"\b(?:somebody|someone|she|he|they|one|another|it)(?: else)? (?:says|writes|asks|wonders|adds|goes|puts|reads)[,:]",
    r"\b(?-i:[A-Z][\w'-]+(?: [A-Z][\w'-]+)? (?:says|writes|asks|wonders|wants to know))\b",
    r"\b(?:some(?:body|one)|people|a lot of|lots of|several|many|one)\b.{0,40}\b(?:in|on) (?:the )?"
    r"(?:chat|line|comments)\b|\bsome(?:body|one)(?: called| named)? (?-i:[A-Z][\w'-]+)",
    rf"\b(?:from|via|off) {_CHANNEL}|\b(?:go|going|get|turn|back|over|look|see|dive|jump|start|with"
    rf"|through|moving|what(?:'s| is| you put))\b.{{0,24}}\b(?:to|into|at|in|through|on) {_CHANNEL}",
    r"^(?:(?:okay|so|good|right|and|alright)[,.]? )*(?:next|what else|who(?:'s| is) next|what(?:'s| is)"
    r" next|what about this one)[.?!]?$|\b(?:two|three|a few|a couple) more(?: together| questions| letters|[.,!]|$)",
    r", (?:asks|says|writes|wonders) (?-i:[A-Z])",
    r"\b(?:squeeze|fit|sneak|slip) (?:in )?(?:one|another)\b|\bone more\b|\btime for (?:one|another|a)\b",
    r"\b(?-i:[Hh]ere(?:'s| is) [A-Z][\w'-]+)|\bup-?votes?\b|\bchat's\b|\bfollow[- ]?up (?:question )?(?:from|to|on|actually|by)\b",
    r"\bthe following (?:question|came|comes|was)\b|\bvoice ?(?:mail|message)\b|\bsecond part\b|\bon (?:his|her|their) behalf\b",
    r"^dear\b|\bthe (?:first|second|third|next|last) (?:reads|says|asks|goes|wants|writes)\b|\bone of them\b"
    r"|\b(?:got|have) (?:two|three|four|a few|a couple) left\b",
    r"\b(?:this|that|here)(?: one)?(?:'s| is) (?:one )?for (?:you|both|our|dr)\b|\bstart (?:at|from) the top\b|\bmoving on\b|\bback to the (?:list|questions|chat|mail)\b",
    rf"\b(?:more|other|some|your|many|few) (?:{_SENT}s)\b",
    rf"\b(?:{_THEY}|(?-i:[A-Z][\w'-]+))(?: [\w'-]+){{0,3}} (?:(?:has |have |'s |'ve )?(?:just )?(?:written|wrote|got) (?:in|to us"
    r"|to me|in touch)\b|(?:sent|left|posted|emailed|typed) (?:us|me|this|it|in)\b)",
    r"\byou(?:'ve)? (?:wrote|written|sent|emailed) (?:to |in )?(?:us|me)?\b|\b(?:it|this|that|these|one) (?:just |only |has |have )*(?:came|come|popped) (?:in|up|through)\b",
    r"\b(?:i'll|i will|i'm going to|let me) (?:just )?read\b|\bhear from (?-i:[A-Z])|\b(?:squeeze|fit|sneak) in\b"
    r"|\bwhat(?: else)? have (?:we|you) got\b|\bthe next (?:two|three|few)\b",
    rf"^{_FILLED}(?:now |then |next |next up |first )*(?:an?|another|one|the) (?:\w+ )?(?:e-?mail|text|letter|postcard|card|voicemail|question|message) (?:for|has|now|about|here)\b",
    rf"^{_FILLED}(?:now |then |a |another )*(?:quick|short|long|tricky|hard|tough|nice|good|easy|difficult) one\b",
    rf"^{_FILLED}(?:then |now )*there's (?-i:[A-Z])[\w'-]+\b|^{_FILLED}(?:(?-i:[A-Z])[\w'-]+ )?(?:from|in) (?-i:[A-Z])[\w' -]{{2,30}}[.,:]?$",
    rf"^{_FILLED}(?:the|that|our|you,? the) {_PERSON} (?:at|in|with|over|by|up|on)\b"
    r"|\b(?-i:[A-Z][\w'-]+)(?: (?:on|in) (?:the )?\w+)? (?:is|was) (?:wondering|asking|curious|worried)\b",
)
"""Of a message, or that one comes: "The next question is from Hull.", "Here's one on knees"."""
_INVITES = BOOK.any_of(
    r"\bgo ahead\b|\bon the (?:line|phone|air)\b|\byou(?:'re| are) (?:on|live|up)\b",
    r"\b(?:a|your|their|another|more|one more|the|that) hands? ?(?:up|raised)?\b",
    r"\bun-?muted?\b|\bmicro(?:phone)?s?\b|\bmics?\b|\byour question\b|\bwelcome to the (?:show"
    r"|programme?|call)\b|\bnext\b|\bcome (?:a bit )?closer\b",
)
"""Gives the word to somebody: "Go ahead, Ann.", "Line two, you're on the air."."""
greets = BOOK.any_of(
    r"^(?:(?:oh|uh|um|yes|yeah|yep|okay|ok|well|so|and|sure|great|good|right|alright),? )*"
    r"(?:hi|hey|hello|good (?:morning|afternoon|evening|day)|dear|greetings|thanks?(?: you)?"
    r"|cheers|welcome)\b(?!.*\b(?:going to|want(?:ed)? to|wanna|like to|question is) (?:ask"
    r"|know|about)\b)",
)
"""Whether a sentence begins with a greeting or thanks, as messages do."""
_PREAMBLE = BOOK.any_of(
    rf"^{_FILLED}(?-i:[A-Z][\w'-]+, (?:I'm|I am|I do|I work|from)\b)"
    rf"|^{_FILLED}(?:it's |this is |i'm )?(?-i:(?:(?:Dr|Mrs?|Ms)\.? [A-Z][\w'-]+|[A-Z][\w'-]+(?: (?:van|der|de|von|la|di|del|[A-Z][\w'-]+))+)),",
    r"\bmy name(?:'s| is)\b(?!.*\bi (?:live|work|have|run|own)\b)|\bname's\b|\bthis is [A-Z][\w'-]+\b|\bhere\.$",
    r"\bi(?:'ll| will) (?:be|try to be|keep it|make it) (?:quick|brief|short)\b",
    r"\b(?:never done this|first[- ]time caller|long[- ]?time (?:listener|viewer|reader))\b",
    r"\b(?:love|enjoy|like|appreciate|big fan of) (?:the|your|this) (?:show|podcast|program"
    r"(?:me)?|stream|channel|work|talk)\b|\bwrote (?:mine|it|this) down\b",
    r"\bi(?:'ve| have)? (?:got|have|had) (?:a|an|one|two|three|a couple of|a quick|a few)"
    r"(?: [\w-]+)? (?:things?|questions?|comments?|complaints?|points?)\b(?!.*\babout\b)",
    r"\b(?:a )?(?:quick|short|simple) (?:one|question)\.?$|\bthanks? (?:you )?for\b",
    r"\b(?:compliment|bear with me|more of a (?:comment|remark|question)|full disclosure|worth the trip|say thank|say thanks)\b|^(?:and )?first\b.*\bsay\b",
    r"\bi (?:really )?(?:loved|enjoyed|liked)\b|\b(?:great|good|nice|lovely|wonderful|excellent) (?:talk|presentation|show)\b",
    r"\b(?:mine|it|this|that)(?:'s| is)(?: really| very| just| quite)? (?:quick|short|brief)\b",
    r"\b(?:listen(?:ing|ed)?|watch(?:ing|ed)?|tuned?) (?:in )?(?:to )?(?:you|(?:the|your|this|every|each) (?:show|podcast|\w*stream|channel|episode|evening|week|one))\b"
    r"|\bfollow(?:ing)? on from\b|\bthat(?:'s| is| was)(?: all)? me\b|\bexcuse me\b|\bme again\b"
    r"|\bi(?:'ve| have)? (?:been |am )?a (?:fan|listener|viewer|reader|member)\b|\bcongratulations\b|\bthank you\.?$|\b(?:i|we) (?:represent|speak for)\b|\bfirst time (?:here|doing|asking|calling)\b"
    r"|\bwasn't going to say\b|\b(?:follow up|come back|pick up) (?:on|to) what\b",
    rf"^{_FILLED}(?:just )?a (?:short|quick|small|simple) question\b(?! about)|^{_FILLED}it's (?-i:[A-Z])[\w'-]+(?: (?:from|here|in|again)\b|[.,])",
)
"""Comes before a caller asks: "My name is Ann.", "First-time caller.", "I have two questions."."""
of_the_call = BOOK.any_of(
    r"\b(?:is|was) (?:the|that|this|your) (?:micro\w+|mic|sound|line|camera|screen|loud|clear)\b|\bwho(?: would|'d)? (?:wants?|likes?) to (?:go|start|begin|answer|take)\b"
    r"|\bshall (?:we|i) (?:move|go) on\b|\b(?:is there|have we|do we|have you) (?:got |have )?(?:an?(?:other)? (?:follow|one)|time)|\bsay your\b|\b(?:is|are) (?:he|she|they|you) (?:still there|finished|done)\b"
    r"|\bdid you (?:get|catch|hear) that\b|\b(?:what's|what is) the time\b|\bwould you mind\b|\bcome back on\b|\bcould (?:somebody|someone|everybody|you all)\b|\bhow are we doing\b|\bdoes (?:this|it|that|the \w+) work\?"
    r"|\b(?:was|is|have you got|do you have) (?:there )?(?:a|the) question\b|\byour question\b|\bdo i have a\b",
    r"\b(?:hear|see|read) (?:me|us|you|my|that|it)\b.*\?|\bis (?:this|that|it|my \w+) (?:on|better"
    r"|working|me|okay now|up)\b|\bam i (?:on|live|muted|unmuted|audible|here|back|up)\b",
    r"\bare (?:we|you|they) (?:live|there|on|back|still (?:there|with us)|recording|muted"
    r"|coming|ready|frozen)\b|\bwho(?:'s| is| has| else)(?: [\w']+){0,2} (?:next|echo|up|first|got|there)\b",
    r"\b(?:can|could|would|will|shall|should) (?:you|we|somebody|someone|everyone)(?: all| please"
    r"| just)* (?:play|read (?:it|that|this|the)|mute|unmute|begin|repeat|put (?:that|it)"
    r"|scroll|speak up|give (?:him|her|them)|say (?:that|it) again|go (?:straight"
    r"|back|first|next)|get that into|hold on|spell)\b|\b(?:can|could|may|shall) i (?:just |please )?"
    r"(?:add|say|ask you|jump in|come in|share|interrupt|read)\b",
    r"\bwho(?:'s| is) (?:this|there|here|that|calling)\b|\bwho (?:have|am|do) (?:i|we) (?:got|have|speaking|talking)"
    r"|\bon your mind\b|\bwhat would you like to\b|\bam i speaking\b|\byou're not driving\b|\bhello\?$|\bwhat about this one\b"
    r"|\b(?:does|do|has|have|is|did) any(?:one|body)(?: else)? (?:got|have|want|wish|like|hear|see|know|with|here|there|online|in the|on the|object)\b|\bany(?:one|body)(?: else)?\?|\b(?:is|was) there anything (?:on|in)\b|\banything (?:from\b|else\?)|\bthe person here\b",
    r"\bwhat(?:'s| is) your (?:name|question)\b|\bwhere (?:are you|do you) (?:call|from|live)",
    r"\b(?:any|all) (?:in favou?r|opposed|objections?)\b|\ball in favou?r\b|\bopposed\?"
    r"|\ba motion to\b|\bquorum\b|\bis (?:mr|mrs|ms|dr|there|any(?:one|body))\b.*\bhere\b|\bis there"
    r" any(?:one|body)\b|\b(?:can|could|may) i (?:just |please )*(?:talk|speak|go)\b|\bwhat do you mean\b|\bmeaning \w+\?|\bdid (?:you want|anyone|anybody|everyone)\b|\b(?:do|would) you (?:want|like)"
    r" to (?:add|say|take|start|go|come|answer|jump)\b|\bdo we have\b|\bdo i (?:press|click|have"
    r" to)\b|\bhow (?:do|can) i (?:leave|switch|turn|mute|unmute|get out)\b",
    r"\bwhere (?:was i|were we|is the|are we|'s the)\b|\bany (?:last|final|closing) \w+\b"
    r"|\bhow (?:long|much time) (?:have|do) (?:you|we)\b.*\bgot\b"
    r"|\byou(?:'ve| have) sent us\b|\b(?:shall|should) we (?:start|begin|go)\b|\bshall i\b",
)
"""Whether a question is about the line, the meeting or who speaks next: "Can you hear me?"."""
_PUT_OFF = BOOK.any_of(
    r"\b(?:don't|do not|can't|cannot|won't|not sure) (?:\w+ ){0,2}(?:we|i) (?:can|should) (?:take"
    r"|answer|do)\b|\b(?:can't|cannot|not able to|unable to|won't|not going to|not gonna)"
    r" (?:really )?(?:answer|take|diagnose|look at|let any|touch|respond|do (?:that|this|prices)(?= here| from| in\b| on\b|[.,]|$)"
    r"|read|discuss|comment|go there|get into|help with that)\b",
    r"\b(?:don't think|not sure) (?:that )?(?:we|i) (?:can|should)\b|\bone for next\b|\bpark (?:those|them)\b"
    r"|\bnot doing (?:that|this)\b|\bdon't do \w+ (?:on|in|here)\b|\b(?:skip|save|park|leave) (?:that"
    r"|this|it|one)\b(?! (?:on|in|off|alone|open|out)\b)|\b(?:should|will|'ll|going to|gonna|let's|have to|must)(?: just)? (?:skip|pass)\b|\bisn't on\b.*\bagenda\b|\boff[- ]?line\b|\bcome back (?:for|to) (?:that|it)\b"
    r"|\b(?:i|we)(?:'d| would) (?:prefer|rather) not\b|\bfor (?:the |our |your )?next (?:meeting|time|week|month|session|show|episode)\b|\bwritten (?:reply|answer)\b|\bin writing\b(?!.*\?)|\b(?:drawn on|outside (?:my|our) (?:field|area)|matter for (?:the|a) (?:courts?|police|lawyers?|judge)|don't want to speculate|ask me again)\b"
    r"|\b(?:can't|cannot|don't) give (?:\w+ )?advice\b|\bdon't do individual\b|\b(?:i(?: \w+)? don't know|i(?: \w+)? no idea)(?:,? (?:i'm )?(?:sorry|afraid))?[.]?$|\bdon't want to rush\b|\bnot (?:a )?lawyers?\b|\banother (?:day|time|evening|show|episode)\b"
    r"|\b(?:out of|no|not enough|don't have(?: the| any)?|haven't got(?: the| any)?) time\b(?! limit)"
    r"|\bfor (?:a |his |her |their |your )(?:lawyer|accountant|own doctor)\b|\bnot for (?:us|me|here)\b",
)
"""Answers nothing: "We can't answer that here.", "One for the next session.", "Out of time."."""
reports = BOOK.any_of(
    rf"\b{_THEY}(?: called [\w'-]+)?(?:'s| is| are| was| has| have| had| also| just| then| else)*"
    r" (?:asks?|asked|asking|wondering|wonders?|curious) (?:does|do|is|are|can|should|about|if|whether"
    r"|how|what|why|when|where|which|for)\b",
    r", (?:asks|writes|wonders) (?-i:[A-Z])",
    rf"\b{_THEY} wants? (?:me|us|you) to (?:say|tell|explain|look)\b",
    rf"\b{_THEY}\b.* (?:wants?|would like|'d like) to (?:know|ask|hear|understand)\b",
    rf"\b{_THEY}\b[^.?]{{0,40}} (?:wonders|asks|wondering|asking) (?:if|whether|how|what|why"
    r"|when|where|which|who)\b",
    r"\b(?:one|question|message|something|lot|comment)s? (?:here )?(?:about|on)\b.*\b(?:whether|if)\b",
    r"(?:\bhow|\bwhat|\bif|\bwhether|\bwhy|\babout) [\w ,'-]+\bis (?:a|the) question\b",
    r"\b(?:a lot of|lots of|much|some|many|several) (?:concerns?|worr(?:y|ies)|confusion"
    r"|questions?|interest|debate)\b.*\b(?:about|over|whether|if|on|around)\b",
)
"""Whether an announcement tells what is asked: "… is asking about the disc"."""
would_ask = BOOK.any_of(
    r"\b(?:going to|want(?:ed)? to|wanna|like to|love to|have to|came to|here to|need to)"
    r" (?:ask|know|hear|understand|find out)\b|\bmy question(?:'s| is| was)?\b"
    r"|\bi(?:'m| am| was)? (?:just )?(?:wonder(?:ing)?|curious)\b|\b(?:question|ask you)"
    r" about\b",
)
"""Whether somebody says that they ask: "I was going to ask about …"."""
hands_reading_over = BOOK.any_of(
    r"\b(?:can|could|would|will|please)\b.*\bread\b|\byou(?:'ve| have)? (?:got|have|take) the (?:first"
    r"|next|last|other) one\b|\bwhat(?: else)? (?:have|do) (?:you|we) (?:got|have)\b|\bwho(?:'s| is| do"
    r" we have) next\b|\bwhat(?:'s| is) next\b|\b(?:next|another|first) (?:one|question),? (?-i:[A-Z])\w+\b",
)
"""Whether somebody else is asked to read the next message."""
presents_oneself = BOOK.any_of(
    r"^(?:(?:so|hi|and|well|um|uh|okay|yes|no),? )*i(?:'m| am) (?:a|an|the|from|with|in|at|one"
    r"|freelance|just|also|here|calling|(?:\d+|[\w-]+ty|[\w-]+teen|\w+ty-\w+)(?!.*\band\b))\b"
    r"(?!.*\band (?:we|my|i (?!am\b|live|work|run|teach)|i've|i'd)\b)"
)
"""Whether somebody only says who they are: "I'm a mom of two"."""
quotes = BOOK.any_of(
    r"\b(?:says|writes|asks|wonders|adds|goes|puts|saying|wrote|asked)(?: in \w+)?[,:] (?=\w)"
)
"""Whether a message begins within the sentence: "She says, it hurts"."""
goes_on = BOOK.any_of(r"\b(?:move|moving|go|going) on\b|\bnext\b")
"""Whether somebody turns to the next: "Okay, moving on"."""
is_told = BOOK.any_of(r"^(?:(?:so|hi|hello|and|well),? )*(?:i|my|we|our)(?:'\w+)?\b")
"""Whether a sentence begins as a message does: "I'm sixty-one", "We have …"."""
tells_ourselves = BOOK.any_of(
    r"^(?:(?:so|hi|hello|and|well|since|for \w+ \w+),? )*(?:we|our|us)(?:'ve|'re|'d)?\b(?! have (?:about"
    r"|time|got|a question|some|one|two|\w+ minutes)| got\b| can\b| will\b|'ll)"
)
"""Whether a message begins as of several: "We run …", "Our rabbit …"."""
is_readers_own = BOOK.any_of(
    r"^(?:(?:and|so|oh|now),? )*(?:it's|this is|that's|it is) (?:about|a|an|from|for|in|on|by|quite"
    r"|long|short)\b|\bi(?:'ll| will| am going to|'m going to|'m just| think i) (?:just )?(?:read|zoom"
    r"|try|take|put|skip|start|stop|pause|cut|scroll|do|share)\b|\bi love (?:it|that|this)\b"
    r"|^i think (?:he|she|they|it|we|that)\b",
)
"""Whether a reader speaks of the message or of reading it."""
tells_of_viewer = BOOK.any_of(
    r"\b(?:viewers?|listeners?|readers?|callers?|attendees?|the audience|the chat|mail ?bag|inbox|mailbox"
    r"|question box|q ?& ?a|letters?|e-?mails?|the comments|up-?votes?|anonymous|gentleman|lady)\b",
    rf"\b{_THEY}(?:'s| is| are| was| has| have| had| also| just| then| even| else)* {_SAYING}\b",
    r"\b(?-i:[A-Z][\w'-]+(?: [A-Z][\w'-]+)? (?:says|writes|asks|wonders|wants to know))\b",
    r"\b(?:one|question|this) (?:is |comes |came |here |just )*(?:in )?from\b",
)
"""Whether a sentence tells that somebody outside the talk asks or sent this."""
_LEADS_IN = BOOK.any_of(
    rf"^(?:(?:and|so|okay|then|now|well|oh|um),? )*(?:(?:as )?a(?:nother)? follow[- ]?up[^,]*|(?:the |my |our )?"
    rf"{_ORDINAL} (?:one|{_SENT})|number {_NUMBER}), (?=(?:i|i'm|i've|my|we)\b)"
)
counts = BOOK.any_of(
    r"^(?:(?:and|so|okay|then),? )*(?:finally|lastly|last|next(?: up)?|secondly|thirdly),"
)
"""Whether a question is told apart by its place: "Finally, which one …"."""
tells_of_somebody = BOOK.any_of(
    rf"^(?:(?:and|so|then|okay|also|now|alright|right),? )*(?:(?:there's|there is|we have|i have|we've got"
    rf"|i've got|here's) (?:also )?)?(?:{_THEY}|one of (?:our|the|your) \w+)\b(?! (?:is|are) here\b)(?!.*\b(?:with|joins?|joining) (?:us|me)\b)",
    r"\b(?:quite )?(?:a lot|lots|several|a few|some|many) about\b",
)
"""Whether a sentence tells of somebody who is not there: "A few people …"."""
_HOUSEKEEPING = BOOK.any_of(
    r"\bat the end\b|\bin advance\b|\bbefore we\b|\beveryone who\b|\bif you(?:'ve|'d)?\b.*\b(?:questions?|ask|message)\b|\byou (?:can|may)(?: also| always)? (?:type|send|write|put|ask|post|submit)\b",
    r"^(?:(?:so|and|but|please|just|also|do|then),? )*(?:type|send|write|put|post|drop|keep|submit|e-?mail|leave) (?:me|us|your|them|it|any)\b",
)
"""How to ask, which is no message: "Type your questions.", "If you have a question, …"."""
recalls = BOOK.any_of(
    r"\byou(?:'ve| have)?(?: just| also| both)? (?:said|told|mentioned|showed|talked|spoke|wrote|were saying)\b"
)
"""Whether somebody takes up what was said: "You mentioned the lakes"."""
says_only_they = BOOK.any_of(
    r"^(?:(?:and|so|then|okay|also|now|alright|right),? )*(?:he|she|they)\b"
)
"""Whether a sentence tells of somebody who was named before: "She has …"."""
speaks_to = BOOK.any_of(r"\b(?:you|your|we|our|us)\b")
"""Whether a sentence speaks to somebody, or of those who are there."""
asks_whether = BOOK.any_of(
    r"\b(?:if|whether|how|what|why|when|where|which|who) (?!about\b)\w+"
)
"""Whether a sentence tells what is asked, not only what about."""
follows_up = BOOK.any_of(
    r"^(?:and|but|so|or|then)\b|\b(?:he|she|him|her|his|this person|they|their)\b"
)
"""Whether a question goes on with the one before: "And would it help her?"."""
_GO_ON = BOOK.any_of(r"\bgo on\.?$")


def frames(text: str) -> bool:
    """Say whether a sentence tells of a message, of who sent it, or that one comes."""
    spoken = _FRAME(text) or reports(text) or counts(text)
    return (spoken and not _HOUSEKEEPING(text)) or cues.tells_of_asker(text)


def invites(text: str) -> bool:
    """Say whether a sentence gives somebody the word who is not known yet."""
    return _INVITES(text) or frames(text)


def is_preamble(text: str) -> bool:
    """Say whether an asker only greets, tells their name or says that they will ask."""
    return greets(text) or _PREAMBLE(text)


def puts_off(text: str) -> bool:
    """Say whether a sentence refuses an answer, here or for now."""
    return _PUT_OFF(text) or (cues.declines(text) and not _GO_ON(text))


def without_frames(text: str) -> str:
    """Return a sentence without the words by which it announces."""
    return " ".join(_FRAME.whole.sub(" ", text).split())


def rest_of(text: str) -> str:
    """Return what a sentence says after the comma of its announcement, or nothing.

    "As a follow-up to that, I have diabetes", "She says, it digs into my ribs".
    """
    found = quotes.whole.search(text) or _LEADS_IN.whole.search(text)
    return text[found.end() :] if found else ""
