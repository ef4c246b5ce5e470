//! The law as a bit-sliced program. Written by `batch --write-bitsliced`; do not edit.

use crate::cases::Cases;

/// Rows in which each outcome holds, and the sum of their limits.
pub fn run(cases: &Cases) -> Vec<(u64, u64)> {
    let mut totals = vec![(0u64, 0u64); 25];
    for word in 0..cases.rows / 64 {
        block(cases, word, !0, &mut totals);
    }
    if cases.rows % 64 > 0 {
        block(
            cases,
            cases.rows / 64,
            (1 << (cases.rows % 64)) - 1,
            &mut totals,
        );
    }
    totals
}

fn at_least<N: Copy + PartialOrd>(numbers: &[N], word: usize, bound: N) -> u64 {
    let rest = &numbers[word * 64..];
    let rest = &rest[..rest.len().min(64)];
    let mut bits = 0;
    for (place, number) in rest.iter().enumerate() {
        bits |= u64::from(*number >= bound) << place;
    }
    bits
}

fn is(codes: &[i8], word: usize, wanted: i8) -> u64 {
    let rest = &codes[word * 64..];
    let rest = &rest[..rest.len().min(64)];
    let mut bits = 0;
    for (place, code) in rest.iter().enumerate() {
        bits |= u64::from(*code == wanted) << place;
    }
    bits
}

fn block(cases: &Cases, word: usize, exists: u64, totals: &mut [(u64, u64)]) {
    let c0 = cases.yes[0][word];
    let c1 = cases.yes[1][word];
    let c2 = cases.yes[2][word];
    let c3 = cases.yes[3][word];
    let c4 = cases.yes[4][word];
    let c5 = cases.yes[5][word];
    let c6 = cases.yes[6][word];
    let c7 = cases.yes[7][word];
    let c8 = cases.yes[8][word];
    let c9 = cases.yes[9][word];
    let c10 = cases.yes[10][word];
    let c11 = cases.yes[11][word];
    let c12 = cases.yes[12][word];
    let c13 = cases.yes[13][word];
    let c14 = cases.yes[14][word];
    let c15 = cases.yes[15][word];
    let c16 = cases.yes[16][word];
    let c17 = cases.yes[17][word];
    let c18 = cases.yes[18][word];
    let c19 = cases.yes[19][word];
    let c20 = cases.yes[20][word];
    let c21 = cases.yes[21][word];
    let c22 = cases.yes[22][word];
    let c23 = cases.yes[23][word];
    let c24 = cases.yes[24][word];
    let c25 = cases.yes[25][word];
    let c26 = cases.yes[26][word];
    let c27 = cases.yes[27][word];
    let c28 = cases.yes[28][word];
    let c29 = cases.yes[29][word];
    let n0 = exists & (!c7 & c24);
    let n1 = exists & ((c23 | !c29) & (c12 & c15 | c12 & c16 | c15 & c16) & c13);
    let n2 = exists & (c9 & c5 | c9 & c20 | c9 & c19 | c5 & c20 | c5 & c19 | c20 & c19) & !n0;
    let n3 =
        exists & (c0 & at_least(&cases.stays, word, 14) & (c25 & c8 | c25 & c2 | c8 & c2)) & !n1;
    let n4 = exists & (c28 & c17 & c26) & !n0;
    let n5 = exists & (c10 & (c27 & c4 | c27 & c11 | c27 & c21 | c4 & c11 | c4 & c21 | c11 & c21));
    let n6 = exists
        & (c3 | c14)
        & !((is(&cases.document, word, 2) | is(&cases.document, word, 0)) & c22);
    let n7 = exists & (c1 & (c19 | c7) & (c28 & c25 | c28 & c9 | c25 & c9)) & !(!c6 & c18);
    let n8 = exists
        & ((c15 & c21 | c15 & c27 | c15 & c23 | c21 & c27 | c21 & c23 | c27 & c23)
            & c10
            & (c12 & c3 | c12 & c2 | c12 & c22 | c3 & c2 | c3 & c22 | c2 & c22));
    let n9 = exists & (c5 & c29);
    let n10 = exists & ((c6 | at_least(&cases.age, word, 2) | c17) & c14) & !(c13 & c18) & !n4;
    let n11 = exists & (c0 & (c4 | !c26 | c1) & c16);
    let n12 = exists
        & ((c20 & c8 | c20 & c11 | c20 & c24 | c8 & c11 | c8 & c24 | c11 & c24)
            & !at_least(&cases.stays, word, 13))
        & !n2;
    let n13 = exists & (!c12 & c16 & (c13 & c21 | c13 & c3 | c21 & c3)) & !c19;
    let n14 = exists
        & ((c8 | !c6) & c7 & (c28 & c2 | c28 & c18 | c28 & c25 | c2 & c18 | c2 & c25 | c18 & c25));
    let n15 = exists & (c15 & c1) & !n11;
    let n16 = exists & (c20 & (c26 & c4 | c26 & c0 | c4 & c0)) & !(c17 & !c10);
    let n17 = exists & (c24 & c23 & (c11 & c27 | c11 & c29 | c27 & c29));
    let n18 = exists & (c22);
    let n19 = exists & (c9 | c5 | c14);
    let n20 = exists & (c11);
    let n21 = exists & (!c26) & !c12;
    let n22 = exists & ((c15 & c13 | c15 & c3 | c13 & c3) & !c9) & !n8;
    let n23 = exists
        & (!c1 & (c7 & c24 | c7 & c4 | c24 & c4) & c10)
        & !(!c27 & (is(&cases.document, word, 2)))
        & !n1;
    let n24 = exists & (c14 & !c0 & c2) & !(c25 & c18) & !n14;
    let n25 = exists & (!at_least(&cases.stays, word, 10) | c16);
    let n26 = exists & (c17 | c8);
    let n27 = exists & (c23 | !c19 | !at_least(&cases.days, word, 213)) & !n8;
    let n28 = exists
        & (c29
            & (c5 & c20 | c5 & c21 | c5 & c6 | c20 & c21 | c20 & c6 | c21 & c6)
            & !at_least(&cases.age, word, 36))
        & !n9;
    let n29 = exists & ((c28 | !at_least(&cases.family, word, 8)) & c1) & !c22;
    let n30 = exists & ((c21 & c16 | c21 & c18 | c16 & c18) & c17);
    let n31 = exists & (at_least(&cases.days, word, 96) & !c9 & c11) & !(c29 & c14) & !n19;
    let n32 = exists & ((c0 & c28 | c0 & c15 | c0 & c26 | c28 & c15 | c28 & c26 | c15 & c26) & !c6);
    let n33 = exists & (c4 & !c25) & !n3;
    let n34 = exists
        & (!c10 & c20 & (c19 & c12 | c19 & c22 | c19 & c5 | c12 & c22 | c12 & c5 | c22 & c5));
    let n35 = exists & ((c24 & c8 | c24 & c27 | c8 & c27) & (!c7 | c13 | !c23)) & !c2 & !n16;
    let n36 = exists & ((c3 | !c14) & (!at_least(&cases.family, word, 1) | c18 | c25)) & !n28;
    let n37 = exists & (c16) & !(c22 & c1);
    let n38 = exists & ((c21 & c6 | c21 & c7 | c21 & c2 | c6 & c7 | c6 & c2 | c7 & c2) & c3 & !c9);
    let n39 = exists & (c24 & c17 | c24 & c4 | c17 & c4);
    let mut seen = 0u64;
    totals[0].1 += u64::from((n0 & !seen).count_ones()) * 1;
    seen |= n0;
    totals[0].0 += u64::from(seen.count_ones());
    let mut seen = 0u64;
    totals[1].1 += u64::from((n1 & !seen).count_ones()) * 8;
    seen |= n1;
    totals[1].0 += u64::from(seen.count_ones());
    let mut seen = 0u64;
    totals[2].1 += u64::from((n2 & !seen).count_ones()) * 15;
    seen |= n2;
    totals[2].0 += u64::from(seen.count_ones());
    let mut seen = 0u64;
    totals[3].1 += u64::from((n3 & !seen).count_ones()) * 22;
    seen |= n3;
    totals[3].0 += u64::from(seen.count_ones());
    let mut seen = 0u64;
    totals[4].1 += u64::from((n4 & !seen).count_ones()) * 29;
    seen |= n4;
    totals[4].0 += u64::from(seen.count_ones());
    let mut seen = 0u64;
    totals[5].1 += u64::from((n5 & !seen).count_ones()) * 6;
    seen |= n5;
    totals[5].0 += u64::from(seen.count_ones());
    let mut seen = 0u64;
    totals[6].1 += u64::from((n27 & !seen).count_ones()) * 10;
    seen |= n27;
    totals[6].1 += u64::from((n6 & !seen).count_ones()) * 13;
    seen |= n6;
    totals[6].1 += u64::from((n36 & !seen).count_ones()) * 13;
    seen |= n36;
    totals[6].1 += u64::from((n28 & !seen).count_ones()) * 17;
    seen |= n28;
    totals[6].0 += u64::from(seen.count_ones());
    let mut seen = 0u64;
    totals[7].1 += u64::from((n7 & !seen).count_ones()) * 20;
    seen |= n7;
    totals[7].1 += u64::from((n29 & !seen).count_ones()) * 24;
    seen |= n29;
    totals[7].0 += u64::from(seen.count_ones());
    let mut seen = 0u64;
    totals[8].1 += u64::from((n35 & !seen).count_ones()) * 6;
    seen |= n35;
    totals[8].1 += u64::from((n32 & !seen).count_ones()) * 15;
    seen |= n32;
    totals[8].1 += u64::from((n8 & !seen).count_ones()) * 27;
    seen |= n8;
    totals[8].0 += u64::from(seen.count_ones());
    let mut seen = 0u64;
    totals[9].1 += u64::from((n9 & !seen).count_ones()) * 4;
    seen |= n9;
    totals[9].0 += u64::from(seen.count_ones());
    let mut seen = 0u64;
    totals[10].1 += u64::from((n26 & !seen).count_ones()) * 3;
    seen |= n26;
    totals[10].1 += u64::from((n10 & !seen).count_ones()) * 11;
    seen |= n10;
    totals[10].1 += u64::from((n25 & !seen).count_ones()) * 26;
    seen |= n25;
    totals[10].0 += u64::from(seen.count_ones());
    let mut seen = 0u64;
    totals[11].1 += u64::from((n11 & !seen).count_ones()) * 18;
    seen |= n11;
    totals[11].0 += u64::from(seen.count_ones());
    let mut seen = 0u64;
    totals[12].1 += u64::from((n12 & !seen).count_ones()) * 25;
    seen |= n12;
    totals[12].0 += u64::from(seen.count_ones());
    let mut seen = 0u64;
    totals[13].1 += u64::from((n13 & !seen).count_ones()) * 2;
    seen |= n13;
    totals[13].0 += u64::from(seen.count_ones());
    let mut seen = 0u64;
    totals[14].1 += u64::from((n39 & !seen).count_ones()) * 4;
    seen |= n39;
    totals[14].1 += u64::from((n14 & !seen).count_ones()) * 9;
    seen |= n14;
    totals[14].0 += u64::from(seen.count_ones());
    let mut seen = 0u64;
    totals[15].1 += u64::from((n15 & !seen).count_ones()) * 16;
    seen |= n15;
    totals[15].1 += u64::from((n37 & !seen).count_ones()) * 20;
    seen |= n37;
    totals[15].0 += u64::from(seen.count_ones());
    let mut seen = 0u64;
    totals[16].1 += u64::from((n16 & !seen).count_ones()) * 23;
    seen |= n16;
    totals[16].0 += u64::from(seen.count_ones());
    let mut seen = 0u64;
    totals[17].1 += u64::from((n17 & !seen).count_ones()) * 30;
    seen |= n17;
    totals[17].0 += u64::from(seen.count_ones());
    let mut seen = 0u64;
    totals[18].1 += u64::from((n30 & !seen).count_ones()) * 1;
    seen |= n30;
    totals[18].1 += u64::from((n18 & !seen).count_ones()) * 7;
    seen |= n18;
    totals[18].0 += u64::from(seen.count_ones());
    let mut seen = 0u64;
    totals[19].1 += u64::from((n19 & !seen).count_ones()) * 14;
    seen |= n19;
    totals[19].1 += u64::from((n33 & !seen).count_ones()) * 22;
    seen |= n33;
    totals[19].0 += u64::from(seen.count_ones());
    let mut seen = 0u64;
    totals[20].1 += u64::from((n20 & !seen).count_ones()) * 21;
    seen |= n20;
    totals[20].0 += u64::from(seen.count_ones());
    let mut seen = 0u64;
    totals[21].1 += u64::from((n38 & !seen).count_ones()) * 27;
    seen |= n38;
    totals[21].1 += u64::from((n21 & !seen).count_ones()) * 28;
    seen |= n21;
    totals[21].0 += u64::from(seen.count_ones());
    let mut seen = 0u64;
    totals[22].1 += u64::from((n22 & !seen).count_ones()) * 5;
    seen |= n22;
    totals[22].1 += u64::from((n34 & !seen).count_ones()) * 29;
    seen |= n34;
    totals[22].0 += u64::from(seen.count_ones());
    let mut seen = 0u64;
    totals[23].1 += u64::from((n31 & !seen).count_ones()) * 8;
    seen |= n31;
    totals[23].1 += u64::from((n23 & !seen).count_ones()) * 12;
    seen |= n23;
    totals[23].0 += u64::from(seen.count_ones());
    let mut seen = 0u64;
    totals[24].1 += u64::from((n24 & !seen).count_ones()) * 19;
    seen |= n24;
    totals[24].0 += u64::from(seen.count_ones());
}
