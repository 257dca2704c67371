/**
 * Checks a submission before it is handed in, as the grader would, and packs it. Reports everything
 * that is wrong at once.
 */
package raftlab.handin.check;
