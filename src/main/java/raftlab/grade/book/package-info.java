/** Points: the rubric, and the grades of all teams, computed from the results folder. */
package raftlab.grade.book;
