"""Words that a machine takes for others, and letters that stand for words.

``CLINICAL`` are words of the clinic that have no list of kinds in ``meanings`` and that
machines often take for everyday words. Words of this list that sound alike ("ileum",
"ilium") are in it both: neither is then put right by the other.
"""

from __future__ import annotations

from pullquote.mark.lexicon.meanings import words

CLINICAL = words(
    """
    abducted abduction abductor achilles adducted adduction adductor ankylosing annulus
    anterior apnea arachnoid atrophy aural axilla axillary bicep biceps brachial bursa
    capsule carpal cartilage cauda caudal cerebral cervix clavicle coccyx colon condyle
    congenital coronal cramp cruciate cuff cyst discrete discreet distal dorsal dura dural
    effusion equina facet fascia fascial femoral femur fibroid fibula flexor foramen
    foraminal gait ganglion genital gland glute gluteal gluteus gout graft hamstring
    humerus hypertension hypotension iliac ileac ileal ileum ilium incision infusion
    intercostal intravenous joint labral labrum laceration lamina lateral lesion lumen
    malleolus mandible marrow medial median medulla meningeal meninges meniscus mucosa
    mucous mucus myelin nodule occipital oral orthotic ostium pain palate palpable
    palpation palpitation parietal patella patellar patient pectoral perineal peritoneal
    peroneal phalanx pituitary plantar plasma plexus posterior pressure prostate prosthesis
    proximal psoas pubic pubis pulmonary quadriceps radial radius renal retinal rheumatoid
    root rotator sacrum sagittal scalene scapula sclerosis sensory septic serum shingles
    sole spinal sternum stenosis subluxation surgical suture synovial synovium tarsal
    tender tendinosis tennis testicular therapist therapy thyroid tibia tibial tissue
    trabecular tracheal trapezius tricep triceps trochanter tubal ulna ulnar ureter
    urethra urinary uterine vagal vagus vaginal valve vascular venous ventral vertebra
    vertebrae vertebral vestibular viral visceral waist
    """
)
_HOMOPHONES = """
pain pane payne; cuff cough; tai tie; root route; heel heal; waist waste; sole soul;
vein vain vane; toe tow; muscle mussel; muscles mussels; nerve nave; gait gate; knee nee;
groin grown; ache ake; cyst cist sist; graft graph; brace braise; bowel bowl bowls;
calf carve; nodule noodle; palate pallet palette; prostate prostrate;
patients patience; humerus humorous; callus callous; cauda corder quarter; femur femer;
lumbar lumber; plantar planter
"""
HOMOPHONES = {
    (heard, word)
    for word, *others in (row.split() for row in _HOMOPHONES.split(";"))
    for heard in others
}
"""Everyday words that are heard for short words of the clinic, and those: pairs."""
_ABBREVIATIONS = """
acdf: anterior cervical discectomy and fusion
acl: anterior cruciate ligament
adhd: attention deficit hyperactivity disorder
alif: anterior lumbar interbody fusion
avn: avascular necrosis
bmi: body mass index
bp: blood pressure
bppv: benign paroxysmal positional vertigo
cbt: cognitive behavioral therapy
cctv: closed circuit television
cfs: chronic fatigue syndrome
ckd: chronic kidney disease
cns: central nervous system
copd: chronic obstructive pulmonary disease
cpr: cardiopulmonary resuscitation
crp: c reactive protein
crps: complex regional pain syndrome
csf: cerebrospinal fluid
ct: computed tomography, computerized tomography
cts: carpal tunnel syndrome
dexa: dual energy xray absorptiometry
doms: delayed onset muscle soreness
dvt: deep vein thrombosis, deep venous thrombosis
ecg: electrocardiogram
eeg: electroencephalogram
ekg: electrocardiogram
emg: electromyography, electromyogram
ent: ear nose and throat
er: emergency room
esi: epidural steroid injection
esr: erythrocyte sedimentation rate
eu: european union
fda: food and drug administration
gerd: gastroesophageal reflux disease
gi: gastrointestinal
gp: general practitioner
hiv: human immunodeficiency virus
hrt: hormone replacement therapy
ibd: inflammatory bowel disease
ibs: irritable bowel syndrome
icu: intensive care unit
im: intramuscular, intramuscularly
itb: iliotibial band
iv: intravenous, intravenously
lcl: lateral collateral ligament
mcl: medial collateral ligament
mri: magnetic resonance imaging
ms: multiple sclerosis
ncs: nerve conduction study
nda: nondisclosure agreement
nhs: national health service
nsaid: nonsteroidal antiinflammatory drug, nonsteroidal antiinflammatory
oa: osteoarthritis
ot: occupational therapy, occupational therapist
otc: over counter
pcl: posterior cruciate ligament
pcp: primary care physician, primary care provider, primary care doctor
pe: pulmonary embolism
plif: posterior lumbar interbody fusion
poa: power of attorney
ppi: proton pump inhibitor
prp: platelet rich plasma
pt: physical therapy, physical therapist
ptsd: posttraumatic stress disorder, post traumatic stress disorder
ra: rheumatoid arthritis
rf: radiofrequency
rfa: radiofrequency ablation
rom: range of motion
rsi: repetitive strain injury
sci: spinal cord injury
scs: spinal cord stimulation, spinal cord stimulator
si: sacroiliac
sij: sacroiliac joint
sle: systemic lupus erythematosus
snri: serotonin norepinephrine reuptake inhibitor, serotonin noradrenaline reuptake inhibitor
ssri: selective serotonin reuptake inhibitor
tb: tuberculosis
tca: tricyclic antidepressant
tens: transcutaneous electrical nerve stimulation
tha: total hip arthroplasty
thr: total hip replacement
tia: transient ischemic attack
tka: total knee arthroplasty
tkr: total knee replacement
tlif: transforaminal lumbar interbody fusion
tmj: temporomandibular joint
uk: united kingdom
uti: urinary tract infection
vat: value added tax
"""
ABBREVIATIONS = {
    short.strip(): tuple(tuple(way.split()) for way in full.split(","))
    for short, full in (row.split(":") for row in _ABBREVIATIONS.strip().split("\n"))
}
"""What known letters stand for, and for nothing else, each as written without hyphens."""
