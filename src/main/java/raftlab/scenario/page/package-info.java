/**
 * Generates the reference page and the JSON Schema of scenario files from the tables of keys in
 * {@link raftlab.scenario.file}.
 */
package raftlab.scenario.page;
