// The shims that CNCurses.h promises.

#define _GNU_SOURCE
#include "CNCurses.h"

#include <langinfo.h>
#include <locale.h>
#include <string.h>
#include <term.h>
#include <wchar.h>

WINDOW *cn_screen_window(void) { return stdscr; }

void cn_repaint_everything(void) { clearok(curscr, TRUE); }

int cn_colour_count(void) { return COLORS; }

int cn_pair_count(void) { return COLOR_PAIRS; }

void cn_put(int row, int column, uint32_t scalar, attr_t attributes, int pair) {
  wchar_t text[2] = {(wchar_t)scalar, 0};
  if (wcwidth(text[0]) != 1) text[0] = L'?';
  cchar_t cell;
  // The short is ignored when the last argument is given, which alone can hold pairs above 32,767.
  if (setcchar(&cell, text, attributes, 0, &pair) == OK) mvwadd_wchnstr(stdscr, row, column, &cell, 1);
}

const char *cn_flag_name(int index) { return boolnames[index]; }

const char *cn_number_name(int index) { return numnames[index]; }

const char *cn_string_name(int index) { return strnames[index]; }

const char *cn_string(const char *name) {
  const char *value = tigetstr(name);
  return value == (char *)-1 ? NULL : value;
}

bool cn_describe(const char *name, int terminal) {
  int reason;
  return setupterm(name, terminal, &reason) == OK;
}

void cn_forget(void) { del_curterm(cur_term); }

bool cn_use_locale(const char *name) { return setlocale(LC_CTYPE, name) != NULL; }

bool cn_encodes_utf8(void) { return strcmp(nl_langinfo(CODESET), "UTF-8") == 0; }
