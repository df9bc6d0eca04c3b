//! Pages. The figures are those of GB/T 9704-2012 (paper and type area: clause 5; text: clauses 7.2.5, 7.3.3, 7.5); they are the form
//! itself and not something that a city decides, so they stand here and not among the data.

/// 156 × 225 mm hold 22 lines of 28 characters.
pub const LINES_PER_PAGE: u32 = 22;
pub const CHARS_PER_LINE: u32 = 28;
/// 三号.
pub const BODY_PT: u32 = 16;
/// Upper edge of the organ's mark below the upper edge of the type area, mm.
pub const ORGAN_BELOW_AREA: u32 = 35;
/// The red rule below the number, mm.
pub const RULE_BELOW_NUMBER: u32 = 4;
/// The dashes of the page number below the lower edge of the type area, mm.
pub const SIGN_BELOW_AREA: u32 = 7;

/// Millimetres in twentieths of a point, to the nearest.
pub const fn twips(mm: u32) -> u32 {
    (mm * 14_400 + 127) / 254
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// A letter as GB/T 9704 sets it.
    Official,
    /// The same leaf turned, for a wide list: the margins turn with it.
    OfficialWide,
    /// A form of one table, which is no letter: the margins are narrower.
    Form,
}

/// Millimetres.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Margins {
    pub top: u32,
    pub right: u32,
    pub bottom: u32,
    pub left: u32,
}

impl Page {
    /// Width and height in millimetres.
    pub const fn size(self) -> (u32, u32) {
        match self {
            Page::Official | Page::Form => (210, 297),
            Page::OfficialWide => (297, 210),
        }
    }

    pub const fn margins(self) -> Margins {
        match self {
            Page::Official => Margins {
                top: 37,
                right: 26,
                bottom: 35,
                left: 28,
            },
            Page::OfficialWide => Margins {
                top: 28,
                right: 37,
                bottom: 26,
                left: 35,
            },
            Page::Form => Margins {
                top: 20,
                right: 18,
                bottom: 18,
                left: 22,
            },
        }
    }

    /// Width of the type area in millimetres: what the columns of a table share.
    pub const fn width(self) -> u32 {
        self.size().0 - self.margins().left - self.margins().right
    }

    pub const fn height(self) -> u32 {
        self.size().1 - self.margins().top - self.margins().bottom
    }

    /// As a class of the stylesheet.
    pub const fn code(self) -> &'static str {
        match self {
            Page::Official => "official",
            Page::OfficialWide => "wide",
            Page::Form => "form",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_type_area_is_that_of_the_standard() {
        assert_eq!((Page::Official.width(), Page::Official.height()), (156, 225));
        assert_eq!(
            (Page::OfficialWide.width(), Page::OfficialWide.height()),
            (225, 156)
        );
    }

    #[test]
    fn millimetres_in_twips() {
        assert_eq!(
            [37, 28, 26, 35, 210, 297].map(twips),
            [2098, 1587, 1474, 1984, 11906, 16838]
        );
    }
}
