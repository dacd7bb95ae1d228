"""Asking the questions of several topics in turn. Knows neither the terminal nor the files."""

from __future__ import annotations

from collections.abc import Callable

from roleplay.drafting.question import Answers, Question, Topics

BACK = "/back"
"""Typed in place of an answer: the question before it is asked again."""


class Interview:
    """Asks what has no answer yet. What was answered is handed on at once, so that nothing can be lost."""

    def __init__(
        self,
        topics: Topics,
        read: Callable[[], str],
        say: Callable[[str], None],
        keep: Callable[[Answers], None],
    ) -> None:
        """`read` gives a typed line (several, if they were pasted); `keep` gets all answers after each."""
        self._topics = topics
        self._read = read
        self._say = say
        self._keep = keep
        self._title_said = ""

    def ask(self, answered: Answers) -> dict[str, tuple[str, ...]]:
        """All answers, those given before included. What `read` raises goes through."""
        answers = dict(answered)
        while (question := self._next(answers)) is not None:
            self._say_title(question)
            given = self._answer(question)
            if given is None:
                self._forget_last(answers)
                continue
            answers[question.key] = given
            self._keep(answers)
        return answers

    def _next(self, answers: Answers) -> Question | None:
        questions = (one for topic in self._topics for one in topic.questions)
        return next((one for one in questions if one.key not in answers and one.applies(answers)), None)

    def _forget_last(self, answers: dict[str, tuple[str, ...]]) -> None:
        if answers:
            answers.pop(list(answers)[-1])
            self._title_said = ""

    def _say_title(self, question: Question) -> None:
        number, topic = next(
            (number, topic) for number, topic in enumerate(self._topics, 1) if question in topic.questions
        )
        if topic.title != self._title_said:
            self._title_said = topic.title
            self._say(f"\n{number} of {len(self._topics)}  {topic.title}")

    def _answer(self, question: Question) -> tuple[str, ...] | None:
        """The answer, asked for until it will do; None to go back."""
        self._say_question(question)
        lines: list[str] = []
        while True:
            typed = [question.cleaned(one) for one in self._read().splitlines()]
            if typed == [BACK]:
                return None
            ended = not any(typed)
            if not question.is_list:
                typed = [" ".join(filter(None, typed))]
            self._take(question, lines, [one for one in typed if one])
            if ended and len(lines) < question.least:
                self._say(f"  {question.too_few(len(lines))}")
            elif ended or len(lines) == question.most:
                return tuple(lines)

    def _take(self, question: Question, lines: list[str], typed: list[str]) -> None:
        """Adds to `lines` what will do, and says what will not, and why."""
        for one in typed:
            complaint = question.complaint(one)
            if not complaint and len(lines) == question.most:
                complaint = f"That is one line more than the {question.most} there is room for: left out."
            if complaint:
                self._say(f"  {complaint}")
            else:
                lines.append(one)

    def _say_question(self, question: Question) -> None:
        self._say(question.asks)
        if question.for_example:
            self._say(f"  such as: {question.for_example}")
        width = max((len(one.name) for one in question.choices), default=0)
        for number, choice in enumerate(question.choices, 1):
            self._say(f"  {number:>2} {choice.name:<{width}}  {choice.what}")
        if question.is_list:
            self._say(f"  (one a line; an empty line ends the list{'' if question.least else ', or leaves it empty'})")
        elif not question.least:
            self._say("  (may be left empty)")
