/**
 * Reads scenario files. Tables of keys ({@link raftlab.scenario.file.ScenarioKeys}) define what a
 * file may contain; every mistake is reported with its line and the nearest valid word.
 */
package raftlab.scenario.file;
