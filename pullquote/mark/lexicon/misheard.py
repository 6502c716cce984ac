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
acl: anterior cruciate ligament
adhd: attention deficit hyperactivity disorder
bmi: body mass index
bp: blood pressure
cbt: cognitive behavioral therapy
copd: chronic obstructive pulmonary disease
cpr: cardiopulmonary resuscitation
crp: c reactive protein
crps: complex regional pain syndrome
csf: cerebrospinal fluid
ct: computed tomography, computerized tomography
dexa: dual energy xray absorptiometry
dvt: deep vein thrombosis, deep venous thrombosis
ecg: electrocardiogram
ekg: electrocardiogram
emg: electromyography, electromyogram
ent: ear nose and throat
er: emergency room
esr: erythrocyte sedimentation rate
gp: general practitioner
icu: intensive care unit
im: intramuscular, intramuscularly
iv: intravenous, intravenously
lcl: lateral collateral ligament
mcl: medial collateral ligament
mri: magnetic resonance imaging
ms: multiple sclerosis
ncs: nerve conduction study
nsaid: nonsteroidal antiinflammatory drug, nonsteroidal antiinflammatory
oa: osteoarthritis
ot: occupational therapy, occupational therapist
pcl: posterior cruciate ligament
pe: pulmonary embolism
prp: platelet rich plasma
pt: physical therapy, physical therapist
ra: rheumatoid arthritis
rf: radiofrequency
rsi: repetitive strain injury
sij: sacroiliac joint
si: sacroiliac
sle: systemic lupus erythematosus
ssri: selective serotonin reuptake inhibitor
tb: tuberculosis
tens: transcutaneous electrical nerve stimulation
tia: transient ischemic attack
tmj: temporomandibular joint
uti: urinary tract infection
"""
ABBREVIATIONS = {
    short.strip(): tuple(tuple(way.split()) for way in full.split(","))
    for short, full in (row.split(":") for row in _ABBREVIATIONS.strip().split("\n"))
}
"""What known letters stand for, and for nothing else, each as written without hyphens."""
