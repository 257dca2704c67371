/**
 * The reference page and the JSON Schema of scenario files, generated from the tables of keys in
 * {@link raftlab.scenario.file}.
 */
package raftlab.scenario.page;
