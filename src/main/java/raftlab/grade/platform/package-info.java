/** Packages for course platforms that play hand-ins on their own machines. */
package raftlab.grade.platform;
