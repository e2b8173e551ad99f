package org.alluvium.trainer.suite;

import java.util.List;

/**
 * A text and ways to go on with it.
 *
 * @param group what questions of a suite are told apart by; may be empty
 * @param context what comes before each answer; may be empty
 * @param answers each as it follows the context, with the space between them if there is one
 * @param right index of the right answer
 */
record Question(String group, String context, List<String> answers, int right) {

    Question {
        answers = List.copyOf(answers);
        if (right < 0 || right >= answers.size()) {
            throw new IllegalArgumentException("the right answer is number " + right + " of " + answers.size());
        }
    }
}
