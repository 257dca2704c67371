/**
 * Reads and unpacks archives that come from students: everything that is wrong with one is found
 * before anything of it is written.
 */
package raftlab.handin.archive;
