/* Character classes (C99 7.4). */
#ifndef _CTYPE_H
#define _CTYPE_H
int isalpha(int), isdigit(int), isalnum(int), isspace(int), isupper(int), islower(int);
int isxdigit(int), ispunct(int), isprint(int), isgraph(int), iscntrl(int);
int toupper(int), tolower(int);
#endif
