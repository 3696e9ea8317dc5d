//! Where words are written and how, where facts come from, and how long words live.

use crate::pack::scheme_file::SurfaceName;
use crate::pack::shared::{Day, Evidence, holds_on};
use crate::pack::text::PackText;

/// Where a marking is written; the same word may be written differently on each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Surface {
    /// A banner line.
    Banner,
    /// A portion mark.
    Portion,
    /// The reference line of a message and the captions below it.
    Header,
    /// The subject of a message.
    Subject,
    /// A header field of a mail.
    Mail,
    /// The security warning of a transmission.
    Transmission,
}

impl Surface {
    /// Every surface.
    pub const ALL: [Self; 6] = [
        Self::Banner,
        Self::Portion,
        Self::Header,
        Self::Subject,
        Self::Mail,
        Self::Transmission,
    ];
}

impl From<SurfaceName> for Surface {
    fn from(name: SurfaceName) -> Self {
        match name {
            SurfaceName::Banner => Self::Banner,
            SurfaceName::Portion => Self::Portion,
            SurfaceName::Header => Self::Header,
            SurfaceName::Subject => Self::Subject,
            SurfaceName::Mail => Self::Mail,
            SurfaceName::Transmission => Self::Transmission,
        }
    }
}

/// Spellings by surface, the canonical one first.
#[derive(Debug, Clone, Default)]
pub struct Spellings {
    by_surface: [Vec<PackText>; 6],
    long: Option<PackText>,
}

impl Spellings {
    pub(super) fn new(by_surface: [Vec<PackText>; 6], long: Option<PackText>) -> Self {
        let mut own = Self { by_surface, long };
        let long = own.long.clone();
        if let (Some(long), Some(banner)) = (long, own.by_surface.first_mut())
            && !banner.contains(&long)
        {
            banner.push(long);
        }
        own
    }

    /// Spellings on a surface, the canonical one first.
    pub fn on(&self, surface: Surface) -> &[PackText] {
        self.by_surface
            .get(surface as usize)
            .map_or(&[], Vec::as_slice)
    }

    /// The spelling of a banner that leaves nothing abbreviated.
    pub fn long(&self) -> Option<&str> {
        self.long
            .as_deref()
            .or_else(|| self.canonical(Surface::Banner))
    }

    /// The canonical spelling on a surface.
    pub fn canonical(&self, surface: Surface) -> Option<&str> {
        self.on(surface).first().map(PackText::as_str)
    }

    /// The canonical spelling on a surface, or that of a banner where the surface has none.
    pub fn best(&self, surface: Surface) -> Option<&str> {
        self.canonical(surface)
            .or_else(|| self.canonical(Surface::Banner))
    }
}

/// Where a fact of a scheme is written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// Document and section.
    pub text: PackText,
    /// Whether that was read; a fact that was not read never makes an error.
    pub status: Evidence,
}

/// The life of a word.
#[derive(Debug, Clone, Copy, Default)]
pub struct Lifetime {
    /// First day.
    pub since: Option<Day>,
    /// Last day.
    pub until: Option<Day>,
}

impl Lifetime {
    /// Whether the word may be used on a day.
    pub fn holds_on(self, day: jiff::civil::Date) -> bool {
        holds_on(self.since, self.until, day)
    }
}
