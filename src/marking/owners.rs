//! Owners: what may stand before the level, or take its place.

use super::fault::{Expected, Fault};
use super::markings::{LevelUse, OwnerUse, ValueOf, ValueUse};
use super::parse::{Last, Parser, token};
use super::scheme::{CodeId, OwnerId};
use super::surface::Surface;
use super::words::{Found, Word};
use crate::text::Span;
use smallvec::SmallVec;

/// Letters of a sub-owner's name from which a word may hold it with its owner and level.
const SHORTEST_NAME: usize = 3;

impl Parser<'_, '_> {
    /// Reads an owner, and what stands before it; gives the place of the first word after.
    pub(super) fn start(&mut self) -> usize {
        if self.scheme.owners.is_empty() {
            return 0;
        }
        let at = self.word_start(0);
        let found = self
            .scheme
            .owner_words_on(self.surface)
            .longest(self.rest(at));
        // A marking that begins with a word of the scheme's own has no other owner.
        let own = (at == 0).then(|| self.lookup(at)).flatten();
        if own.is_some_and(|own| found.is_none_or(|found| found.len < own.len)) {
            return 0;
        }
        match found.map(|found| (found, found.word)) {
            Some((found, Word::OwnedLevel(owner, level))) => {
                self.leading(owner, at);
                let end = at + found.len;
                let span = self.span(at, end);
                self.found(found, span);
                self.own(owner, span, Span::at(span.end));
                self.marking.level = Some(LevelUse { level, span });
                self.last = Last::Level;
                self.owner_values(owner, end)
            }
            Some((found, Word::Owner(owner))) => self.owner(found, owner, at).unwrap_or(0),
            _ => self.code_owner(at).or_else(|| self.fused(at)).unwrap_or(0),
        }
    }

    /// An owner's word, its sub-owner, and the level after it; `None` where no level follows.
    fn owner(&mut self, found: Found, owner: OwnerId, at: usize) -> Option<usize> {
        let mut end = at + found.len;
        let span = self.span(at, end);
        let mut sub_owner = Span::at(span.end);
        let entry = self.scheme.owner(owner);
        if let Some(sub) = &entry.sub_owner
            && let Some(rest) = self.rest(end).strip_prefix(sub.join.as_str())
        {
            let known = sub
                .names
                .iter()
                .filter(|name| rest.starts_with(name.as_str()));
            let known = known.map(|name| name.len()).max();
            let open = self.lookup(end + sub.join.len()).is_none();
            let len = known.or_else(|| open.then(|| token(rest).len()));
            if let Some(len) = len.filter(|&len| len > 0) {
                let start = end + sub.join.len();
                end = start + len;
                sub_owner = self.span(start, end);
                if sub.closed && known.is_none() {
                    self.fault(Fault::SubOwner, sub_owner, Expected::Nothing);
                }
            }
        }
        if let Some(end) = self.joined(owner, at, end) {
            return Some(end);
        }
        let next = self.word_start(end);
        let level = self.lookup(next).map(|found| found.word);
        if !matches!(level, Some(Word::Level(_))) {
            self.marking.faults.clear();
            return None;
        }
        self.leading(owner, at);
        self.found(found, span);
        self.own(owner, span, sub_owner);
        Some(end)
    }

    /// Codes of a list as owners, with the level after them.
    fn code_owner(&mut self, at: usize) -> Option<usize> {
        let mut owners = self.scheme.owners();
        let (owner, list) = owners.find_map(|(id, owner)| Some((id, owner.codes?)))?;
        let codes = self.scheme.code_lists.get(usize::from(list))?;
        let mut end = at;
        let mut start = at;
        let mut found: SmallVec<[ValueUse; 2]> = SmallVec::new();
        while let Some(code) = codes.find(token(self.rest(start))) {
            end = start + token(self.rest(start)).len();
            found.push(ValueUse {
                of: ValueOf::Owner,
                depth: 0,
                span: self.span(start, end),
                code: Some(CodeId { list, code }),
            });
            start = self.word_start(end);
        }
        if !found.is_empty()
            && let Some(end) = self.joined(owner, at, end)
        {
            self.marking.values.extend(found);
            return Some(end);
        }
        let level = self.lookup(start).map(|found| found.word);
        if found.is_empty() || !matches!(level, Some(Word::Level(_))) {
            return None;
        }
        self.leading(owner, at);
        let span = self.span(at, end);
        self.own(owner, span, Span::at(span.end));
        self.marking.values.extend(found);
        Some(end)
    }

    /// Owner, sub-owner and level in one word, as portion marks write them after an empty first place.
    fn fused(&mut self, at: usize) -> Option<usize> {
        if self.surface != Surface::Portion || at == 0 {
            return None;
        }
        let scheme = self.scheme;
        let word = token(self.rest(at));
        let upper = word.bytes().all(|letter| letter.is_ascii_uppercase());
        let (owner, start, len, level) = scheme.owners().find_map(|(id, owner)| {
            let sub = owner.sub_owner.as_ref()?;
            let prefix = sub.fused.as_deref()?;
            let rest = word.strip_prefix(prefix).filter(|_| upper)?;
            let levels = sub.levels.iter().find_map(|&level| {
                let last = scheme.level(level).spellings.canonical(Surface::Portion)?;
                let name = rest.strip_suffix(last)?;
                (name.len() >= SHORTEST_NAME).then_some((name.len(), level))
            });
            let (len, level) = levels?;
            Some((id, at + prefix.len(), len, level))
        })?;
        self.leading(owner, at);
        let end = at + word.len();
        self.own(owner, self.span(at, start), self.span(start, start + len));
        let span = self.span(start + len, end);
        self.marking.level = Some(LevelUse { level, span });
        self.last = Last::Level;
        Some(self.owner_values(owner, end))
    }

    /// An owner at the start of a portion mark, joined to its classification: both in one.
    fn joined(&mut self, owner: OwnerId, at: usize, end: usize) -> Option<usize> {
        let join = self.scheme.owner(owner).joined_by.as_deref()?;
        let start = end + join.len();
        if at > 0 || self.surface != Surface::Portion || !self.rest(end).starts_with(join) {
            return None;
        }
        let found = self.lookup(start).filter(|found| found.exact)?;
        let Word::Level(level) = found.word else {
            return None;
        };
        if !self.scheme.level(level).classified {
            return None;
        }
        self.own(owner, self.span(at, end), Span::at(self.span(at, end).end));
        let span = self.span(start, start + found.len);
        self.marking.level = Some(LevelUse { level, span });
        self.last = Last::Level;
        Some(self.owner_values(owner, start + found.len))
    }

    fn own(&mut self, owner: OwnerId, span: Span, sub_owner: Span) {
        self.marking.owner = Some(OwnerUse {
            owner,
            span,
            sub_owner,
        });
        self.last = Last::Owner;
    }

    /// What stands before an owner.
    fn leading(&mut self, owner: OwnerId, at: usize) {
        let found = self.text.get(..at).unwrap_or_default();
        let wanted = self.scheme.owner(owner).leading_separator;
        let leading = &self.scheme.syntax().leading;
        if wanted && found.is_empty() {
            self.fault(Fault::Leading, self.span(0, 0), Expected::Leading);
        } else if wanted && found != leading || !wanted && !found.is_empty() {
            let expected = if wanted {
                Expected::Leading
            } else {
                Expected::Nothing
            };
            self.gap_fault(0, at, expected);
        }
    }

    /// The values that an owner has after the level.
    pub(super) fn owner_values(&mut self, owner: OwnerId, at: usize) -> usize {
        match &self.scheme.owner(owner).parameter {
            Some(parameter) => self.values(ValueOf::Owner, parameter, at),
            None => at,
        }
    }
}
