/**
 * Explains failures without a detected mistake: the symptom and the usual causes. {@link
 * raftlab.explain.tell.SymptomText} chooses a {@link raftlab.explain.tell.Symptom} by the check
 * that failed.
 */
package raftlab.explain.tell;
