"""What has a proper name and is nobody: methods, products, breeds, the famous."""

from __future__ import annotations

from pullquote.mark.lexicon.meanings import phrases, words

THINGS = words(
    """
    act advantage amendment anemia antibody antigen app apple approach arch artery
    arthritis bacteria belt block bodies body booster boot brace braces bread browser
    bypass cage canal cancer capsule capsules car card cast catheter cheese citizen
    citizens citizenship class classification coffee collar collars compression
    contraction contractions contracture conversion cream criteria cushion cyst cysts
    day deficiency deformity degree dementia device diet disc disease disk diverticulum
    drops duct elbow epilepsy esophagus exam exercise exercises fever flap flu food foot
    form fracture fractures gel gene gland graft grant grip guidelines hernia implant
    implants infusion inhaler injection injections injury insert insoles ira jab joint
    laptop laser lemon lesion ligament line loan lobe lymphoma machine maneuver
    manoeuvre marker mattress measles method methods model monitor monitors mutation
    needle nerve neuroma node nodes nodule nodules oil oils ointment operation orthotics
    palsy paralysis patch pen phenomenon phone pickup pill pillow pills plan plate pose
    posture procedure procedures profile program programme prosthesis protein protocol
    protocols pump reaction receptor reflex regimen repair repairs robot robots rod rods
    rule rules salad salts sarcoma scale scan scanner scans score scores scoring screw
    screws seizures shoe shoes shot shots sign signs sling sneakers software spacer
    spasm splint spray sprouts stage stain stent stents stockings strain stretch
    stretches stroke study suit supplement supplements surgeries surgery suv symptom
    syndrome syringe system tablet tablets tape tea technique tendon test tests theory
    therapy thyroiditis toe transplant treatment trial truck trucks tube tumor tumour
    vaccine vaccines valve variant vein virus watch wave wine wrap yoghurt yogurt
    """
)
"""What is called after somebody or somewhere: "Baker's cyst", "Greek yogurt"."""

BREEDS = words(
    """
    beagle boxer bulldog cat chihuahua collie coon corgi dachshund dane dog dogs doodle hound
    husky labrador mastiff pinscher pointer pony poodle pug retriever setter sheepdog
    shepherd spaniel terrier whippet
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
    accept accepts affect affects any approved as available bad better bother burn cause
    causes charge cheaper compare consider contain contains count counts cover covered
    covers dangerous differ effective enough good harmful help helpful helps interact
    interacts interfere interferes last legal legit long-term lower lowers necessary
    okay overkill pay qualify raise raises reliable required safe safer sell sells
    stronger the thin thins weaken weakens work works worse worth
    """
)
"""What is asked of a thing: "does Ozempic weaken", "is Xiaflex better"."""

DOES_OF_PEOPLE = words(
    """
    argue believe bend brought came carry collapse complain cook cough cried cry dance died
    drank drive drove faint feel fell felt forget forgot graduate hate held hug kiss laugh
    left lift limp love marry moan moved nag play promise quit refuse retire ride rode said
    sang sat scream shout sing sit slept slip smile smoke snore speak spoke stand stood
    study swear swore swim swam talk taught teach think thought told trip visit vomit walk
    went woke worry yell
    """
)
"""What people do and things hardly, without its ending."""

TAKEN = words(
    """
    bought buy buying choose choosing consider considering cover covers do doing drink
    drinking drinks eat eating get getting install installed prefer prescribe prescribed recommend
    run running start started starting stop stopped stopping support supports take taken
    takes taking took tried trust try trying use used uses using versus vs wear wearing
    wore
    """
)
"""What people do with medicines and machines, and hardly with each other."""

PAPERS = words(
    "times post journal tribune herald gazette chronicle news magazine today"
)
"""What newspapers are called last."""

PHRASES = phrases(
    """
    abraham lincoln, alexander hamilton, babe ruth, barack obama, benjamin franklin,
    black-eyed susan, black-eyed susans, braxton hicks, charley horse, dolly parton,
    donald trump, dr google, elvis presley, florence nightingale, franklin roosevelt,
    george bush, george washington, google docs, google maps, harry potter, high court,
    home depot, international baccalaureate, jack russell, jacob ladder, joe biden,
    john kennedy, khan academy, kobe bryant, lebron james, lou gehrig, martin luther
    king, michael jordan, michael phelps, new york times, oprah winfrey, peyton manning,
    red cross, roger federer, ronald reagan, rose of sharon, santa claus, serena
    williams, simone biles, social security, stephen hawking, supreme court, sweet william, taylor swift,
    thomas jefferson, tiger woods, tom brady, tommy john, william shakespeare, wim hof,
    winston churchill
    """
)
"""People whom everybody knows, and what is called by people's names."""
