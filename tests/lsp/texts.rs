//! Invented drafts in which an emoji stands before marks on their lines.

/// A telegram with a misspelt TAG, a TAG that stands twice, a portion above the header, and one whose
/// brackets are wrong.
pub(crate) const TELEGRAM: &str = "\
P R 021402Z FEB 09
FM AMEMBASSY ZENDA
TO RUEHC/SECSTATE WASHDC PRIORITY 0813
BT
C O N F I D E N T I A L ZENDA 000102

SIPDIS

E.O. 12958: DECL: 02/02/2019
TAGS: \u{1f6a2}, PRLE, PGOV
SUBJECT: (U) COUNT HENTZAU TO VISIT GRAUSTARK

Classified By: Fritz Tarlenheim, DCM. Reason: 1.4 (b), (d).

1. (U) This telegram is an example of caveat.

2. (S/NF) Count Hentzau will travel on Sunday.

3. (C) He will see the Princess.
";

/// A telegram in labelled fields, with a portion above its level and a control that no caption states.
pub(crate) const FIELDS: &str = "\
MRN: 17 ZENDA 82
Date/DTG: Sep 25, 2017 / 250150Z SEP 17
From: AMEMBASSY ZENDA
Action: WASHDC, SECSTATE ROUTINE
Classification: CONFIDENTIAL
E.O.: 13526
TAGS: \u{1f6a2}, PREL
Captions: EXDIS
Subject: (U) COUNT HENTZAU TO VISIT GRAUSTARK

Classified By: Fritz Tarlenheim, DCM.
Reason: 1.4 (d).
Declassify On: 20270925

1. (U) This telegram is an example of caveat.

2. (S/NF) \u{1f6a2} Count Hentzau will travel on Sunday.

Signature: Sapt
";

/// A document whose banner says less than a cell of its table.
pub(crate) const DOCUMENT: &str = "\
CONFIDENTIAL

(U) This memorandum is invented.

| \u{1f6a2} ship | cargo |
| --- | --- |
| \u{1f6a2} one | (S//NF) flour |

(C) The ferry ran.

CONFIDENTIAL
";

/// A telegram whose form alone is wrong: a caption and a TAG stand twice, and the order has another label.
pub(crate) const MISFORMED: &str = "\
P R 021402Z FEB 09
FM AMEMBASSY ZENDA
TO RUEHC/SECSTATE WASHDC PRIORITY 0813
BT
C O N F I D E N T I A L ZENDA 000102

SIPDIS
SIPDIS

EO 12958 DECL: 02/02/2019
TAGS: \u{1f6a2}, PREL, PGOV, PREL
SUBJECT: (U) COUNT HENTZAU TO VISIT GRAUSTARK

Classified By: Fritz Tarlenheim, DCM. Reason: 1.4 (b), (d).

1. (U) This telegram is an example of caveat.

2. (C) He will see the Princess.
";

/// The place of the second TAG.
pub(crate) const SECOND_TAG: &str = ", PREL\n";

/// The same without the second TAG.
pub(crate) fn without_second_tag() -> String {
    MISFORMED.replace(SECOND_TAG, "\n")
}

/// The same with every fault of form put right.
pub(crate) fn well_formed() -> String {
    let caption = MISFORMED.replace("SIPDIS\nSIPDIS", "SIPDIS");
    let order = caption.replace("EO 12958 DECL", "E.O. 12958: DECL");
    order.replace(SECOND_TAG, "\n")
}
