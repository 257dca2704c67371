/** The command line: each command a few lines that call the rooms that do the work. */
package raftlab.cli;
