//! Which planes of bits stand for what is known of each fact.
//!
//! A plane says of every row whether the fact *can* still have a class of values, so that unknown is
//! "can be this and can be that" and never a value of its own.

use sapar_law::diagrams::{Classes, Layout, LayoutKind};

use crate::gates::{Gates, Signal};

/// The planes of all facts of a law.
#[derive(Debug, Clone)]
pub struct Planes {
    places: Vec<PlacePlanes>,
    count: u32,
}

/// The planes of one fact.
#[derive(Debug, Clone)]
pub struct PlacePlanes {
    /// How many classes of values the law tells apart.
    pub classes: u32,
    /// What each plane says.
    pub kind: PlaneKind,
    /// The first plane.
    pub first: u32,
}

/// What the planes of a fact say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaneKind {
    /// Can be yes; can be no.
    YesNo,
    /// Can be of this class or a later one, for each class but the first; then: is certainly so.
    Number,
    /// Can be of this class, for each class.
    Values,
}

impl PlacePlanes {
    /// Number of planes.
    pub fn plane_count(&self) -> u32 {
        match self.kind {
            PlaneKind::YesNo => 2,
            PlaneKind::Number => 2 * (self.classes - 1),
            PlaneKind::Values => self.classes,
        }
    }

    /// What the planes hold for a row whose fact has one of these classes; the first plane is the lowest bit.
    pub fn bits(&self, allowed: Classes) -> u128 {
        match self.kind {
            PlaneKind::YesNo => u128::from(allowed >> 1 & 1 | (allowed & 1) << 1),
            PlaneKind::Number => {
                let above = self.classes - 1;
                let mut bits = 0;
                for class in 1..self.classes {
                    let from = !0u64 << class;
                    bits |= u128::from(allowed & from != 0) << (class - 1);
                    bits |= u128::from(allowed & !from == 0) << (above + class - 1);
                }
                bits
            }
            PlaneKind::Values => u128::from(allowed),
        }
    }
}

impl Planes {
    /// The planes of facts with these classes.
    pub fn new(layouts: &[Layout]) -> Self {
        let mut planes = Self {
            places: Vec::new(),
            count: 0,
        };
        for layout in layouts {
            let place = PlacePlanes {
                classes: layout.count,
                kind: match layout.kind {
                    LayoutKind::YesNo => PlaneKind::YesNo,
                    LayoutKind::Number { .. } => PlaneKind::Number,
                    LayoutKind::Values(_) => PlaneKind::Values,
                },
                first: planes.count,
            };
            planes.count += place.plane_count();
            planes.places.push(place);
        }
        planes
    }

    /// The planes of each fact, by place.
    pub fn places(&self) -> &[PlacePlanes] {
        &self.places
    }

    /// The plane of rows that exist: those beyond the last are no rows.
    pub fn exists(&self) -> u32 {
        self.count
    }

    /// Number of planes, that of existing rows counted in.
    pub fn plane_count(&self) -> usize {
        self.count as usize + 1
    }

    /// The fact at a place can have one of these classes.
    pub fn can_be(&self, gates: &mut Gates, place: usize, wanted: Classes) -> Signal {
        let Some(planes) = self.places.get(place) else {
            return Signal::NEVER;
        };
        let first = planes.first;
        match planes.kind {
            PlaneKind::YesNo => {
                let mut any = Signal::NEVER;
                for (class, plane) in [(1, first), (0, first + 1)] {
                    if wanted >> class & 1 == 1 {
                        let can = gates.input(plane);
                        any = gates.or(any, can);
                    }
                }
                // Every row can be one of the two.
                if wanted & 3 == 3 { Signal::ALWAYS } else { any }
            }
            PlaneKind::Values => {
                let all = if planes.classes >= 64 {
                    !0
                } else {
                    (1 << planes.classes) - 1
                };
                if wanted & all == all {
                    return Signal::ALWAYS;
                }
                let wanted: Vec<Signal> = sapar_law::diagrams::classes_of(wanted & all)
                    .map(|class| gates.input(first + class))
                    .collect();
                gates.any_of(wanted)
            }
            PlaneKind::Number => {
                let mut any = Signal::NEVER;
                let mut class = 0;
                // Runs of classes that follow each other need only their two ends.
                while class < planes.classes {
                    if wanted >> class & 1 == 0 {
                        class += 1;
                        continue;
                    }
                    let start = class;
                    while class < planes.classes && wanted >> class & 1 == 1 {
                        class += 1;
                    }
                    let run = self.can_be_between(gates, planes, start, class);
                    any = gates.or(any, run);
                }
                any
            }
        }
    }

    /// A number can be in the classes from `start` up to, and without, `end`.
    fn can_be_between(
        &self,
        gates: &mut Gates,
        planes: &PlacePlanes,
        start: u32,
        end: u32,
    ) -> Signal {
        let reaches = match start.checked_sub(1) {
            Some(above) => gates.input(planes.first + above),
            None => Signal::ALWAYS,
        };
        let passes = if end < planes.classes {
            gates.input(planes.first + planes.classes - 1 + end - 1)
        } else {
            Signal::NEVER
        };
        gates.and(reaches, !passes)
    }

    /// The fact at a place has one of these classes; for rows in which it is known.
    pub fn is_one_of(&self, gates: &mut Gates, place: usize, wanted: Classes) -> Signal {
        let Some(planes) = self.places.get(place) else {
            return Signal::NEVER;
        };
        let first = planes.first;
        match planes.kind {
            PlaneKind::YesNo => match wanted & 3 {
                0 => Signal::NEVER,
                1 => !gates.input(first),
                2 => gates.input(first),
                _ => Signal::ALWAYS,
            },
            PlaneKind::Values => {
                let all = if planes.classes >= 64 {
                    !0
                } else {
                    (1 << planes.classes) - 1
                };
                let outside = !wanted & all;
                if outside.count_ones() < (wanted & all).count_ones() {
                    return !self.can_be(gates, place, outside);
                }
                self.can_be(gates, place, wanted)
            }
            PlaneKind::Number => {
                let mut any = Signal::NEVER;
                let mut class = 0;
                while class < planes.classes {
                    if wanted >> class & 1 == 0 {
                        class += 1;
                        continue;
                    }
                    let start = class;
                    while class < planes.classes && wanted >> class & 1 == 1 {
                        class += 1;
                    }
                    // Of a known number the first half of the planes says all.
                    let at_least = |gates: &mut Gates, class: u32| match class.checked_sub(1) {
                        Some(above) if class < planes.classes => gates.input(first + above),
                        Some(_) => Signal::NEVER,
                        None => Signal::ALWAYS,
                    };
                    let (from, past) = (at_least(gates, start), at_least(gates, class));
                    let run = gates.and(from, !past);
                    any = gates.or(any, run);
                }
                any
            }
        }
    }
}
