"""What has a proper name and is nobody: methods, products, breeds, the famous."""

from __future__ import annotations

from pullquote.mark.lexicon.meanings import words

THINGS = words(
    """
    act advantage amendment anemia antibody antigen app approach arch arthritis artery bacteria belt block bodies body boot
    booster brace braces bread browser bypass cage canal cancer capsule capsules car
    card cast catheter cheese citizen citizens citizenship class classification coffee
    collar collars compression contraction contractions contracture conversion cream
    criteria cushion cyst cysts day deformity deficiency degree dementia device diet disc
    disease disk drops duct elbow apple diverticulum epilepsy esophagus exam exercise exercises fever flap flu food
    foot form fracture fractures gel gene gland graft grant grip guidelines hernia
    implant implants infusion inhaler injection injections injury insert insoles
    ira jab joint laptop laser lemon lesion ligament line loan lobe lymphoma machine
    maneuver manoeuvre marker mattress measles method methods model monitor monitors
    mutation needle nerve neuroma node nodes nodule nodules ointment oil oils operation
    orthotics palsy paralysis patch pen phenomenon phone pickup pill pills pillow plan
    plate pose posture procedure procedures profile program programme prosthesis
    protein protocol protocols pump reaction receptor reflex regimen repair repairs
    robot robots rod rods rule rules salad salts sarcoma scale scan scanner scans score
    scores scoring screw screws seizures shoe shoes shot shots sign signs sling sneakers
    software spacer spasm splint spray sprouts stage stain stent stents stockings strain stretch
    stretches stroke study supplement supplements suit surgery surgeries suv symptom
    syndrome syringe system tablet tablets tape tea technique tendon test tests theory
    therapy thyroiditis toe transplant treatment trial truck trucks tube tumor tumour
    vaccine vaccines valve variant vein virus watch wave wine yogurt yoghurt wrap
    """
)
"""What is called after somebody or somewhere: "Baker's cyst", "Greek yogurt"."""

BREEDS = words(
    """
    beagle boxer bulldog cat collie corgi dachshund dane dog dogs doodle hound husky
    labrador chihuahua mastiff pinscher pointer poodle pony pug retriever setter sheepdog shepherd
    spaniel terrier whippet
    """
)
"""Animals, whose names of several words are written with capitals."""

BEFORE_BREEDS = words(
    "bernese border black bull chocolate cocker golden great irish jack yellow"
)
"""What such names begin with, beside nationalities."""

SPEAKS_OF_PEOPLE = words(
    """
    boys brothers children clan couple crew daughters estate family farm folks gang
    girls house household kids people place residence sisters team twins
    """
)
"""What is a family's or a house: with it "the Okonkwo family" stays a name."""

DOES_OF_THINGS = words(
    """
    any good bad legal accept accepts charge compare consider differ last pay qualify
    sell sells affect affects approved as available better bother burn cause causes cheaper contain
    contains count counts cover covered covers count dangerous effective enough harmful
    help helpful helps interact interacts interfere interferes legit long-term lower
    lowers necessary okay overkill raise raises reliable required safe safer stronger
    the thin thins weaken weakens work works worse worth
    """
)
"""What is asked of a thing: "does Ozempic weaken", "is Xiaflex better"."""

TAKEN = words(
    """
    choose choosing cover covers consider considering do doing drink drinking drinks eat eating prefer recommend run running support supports trust buy bought buying install installed prescribed prescribe start started starting stop
    stopped stopping take taken takes taking took tried try trying use used uses using
    wear wearing wore versus vs
    """
)
"""What people do with medicines and machines, and hardly with each other."""

PAPERS = words(
    "times post journal tribune herald gazette chronicle news magazine today"
)
"""What newspapers are called last."""

PHRASES = frozenset(
    (
        "abraham lincoln",
        "alexander hamilton",
        "babe ruth",
        "barack obama",
        "benjamin franklin",
        "black-eyed susan",
        "black-eyed susans",
        "braxton hicks",
        "donald trump",
        "dolly parton",
        "charley horse",
        "dr google",
        "elvis presley",
        "florence nightingale",
        "franklin roosevelt",
        "george bush",
        "george washington",
        "google docs",
        "google maps",
        "harry potter",
        "high court",
        "home depot",
        "international baccalaureate",
        "jack russell",
        "jacob's ladder",
        "joe biden",
        "john kennedy",
        "khan academy",
        "kobe bryant",
        "lebron james",
        "lou gehrig",
        "martin luther king",
        "michael jordan",
        "michael phelps",
        "new york times",
        "oprah winfrey",
        "peyton manning",
        "roger federer",
        "red cross",
        "ronald reagan",
        "rose of sharon",
        "santa claus",
        "serena williams",
        "simone biles",
        "social security",
        "supreme court",
        "sweet william",
        "taylor swift",
        "thomas jefferson",
        "tiger woods",
        "tom brady",
        "tommy john",
        "william shakespeare",
        "wim hof",
        "winston churchill",
    )
)
"""People whom everybody knows, and what is called by people's names."""
