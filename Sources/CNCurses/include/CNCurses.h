// ncurses as Swift can use it: the library itself, and one function or constant for everything in it that Swift
// cannot import (macros with arguments, mutable globals, arrays without a length). No decision is taken here.

#ifndef CNCURSES_H
#define CNCURSES_H

#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1
#include <curses.h>
#include <stdint.h>

// The attributes of a cell: `A_BOLD` and its kin are macros that expand to casts and shifts.
static const attr_t CNBold = A_BOLD;
static const attr_t CNDim = A_DIM;
static const attr_t CNUnderline = A_UNDERLINE;
static const attr_t CNReverse = A_REVERSE;

/// `stdscr`, a mutable global.
WINDOW *_Nonnull cn_screen_window(void);

/// Makes the next `doupdate` write the whole screen: `clearok` on the mutable global `curscr`.
void cn_repaint_everything(void);

/// `COLORS` and `COLOR_PAIRS`, mutable globals; 0 before `start_color`.
int cn_colour_count(void);
int cn_pair_count(void);

/// Puts one character of one column into a cell, without moving on to the next cell: the last cell of the last row
/// is like any other. Characters that are not one column wide in the current locale become a question mark.
/// `pair` may be above 32,767.
void cn_put(int row, int column, uint32_t scalar, attr_t attributes, int pair);

// The names of the terminfo capabilities in the order of the compiled format; NULL past the last one.
const char *_Nullable cn_flag_name(int index);
const char *_Nullable cn_number_name(int index);
const char *_Nullable cn_string_name(int index);

/// `tigetstr`, with both of its ways to say "absent" turned into NULL.
const char *_Nullable cn_string(const char *_Nonnull name);

/// `setupterm` without its habit of ending the process: whether the terminal database describes `name`.
/// `cn_forget` must follow a success before `newterm` is called.
bool cn_describe(const char *_Nonnull name, int terminal);
void cn_forget(void);

/// Reads and draws characters as the locale `name` encodes them from now on; false if it is not installed. Only the
/// characters: numbers keep their decimal point.
bool cn_use_locale(const char *_Nonnull name);

/// Whether the locale in use encodes characters as UTF-8.
bool cn_encodes_utf8(void);

#endif
