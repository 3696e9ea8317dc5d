//! L1: text to tokens, without losing a byte.
