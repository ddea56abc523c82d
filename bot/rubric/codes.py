"""The codes of every problem that a rubric file or a set of answers can have; the catalogues hold their sentences."""

from __future__ import annotations

from enum import StrEnum

from bot.data_files.codes import FileCode


class RubricCode(StrEnum):
    """What can be wrong with a rubric file."""

    UNREADABLE = FileCode.UNREADABLE.value
    DUPLICATE_KEY = FileCode.DUPLICATE_KEY.value
    UNQUOTED_ID = FileCode.UNQUOTED_ID.value
    UNKNOWN_KEY = FileCode.UNKNOWN_KEY.value
    MISSING_KEY = FileCode.MISSING_KEY.value
    NOT_TEXT = FileCode.NOT_TEXT.value
    NOT_POINTS = "R007"
    NOT_A_LIST = FileCode.NOT_A_LIST.value
    NOT_A_MAPPING = FileCode.NOT_A_MAPPING.value
    NOT_TRUE_OR_FALSE = FileCode.NOT_TRUE_OR_FALSE.value
    NOT_A_CHOICE = FileCode.NOT_A_CHOICE.value
    EMPTY = FileCode.EMPTY.value
    REPEATED_NODE = FileCode.REPEATED_NODE.value
    NOT_WHOLE = FileCode.NOT_WHOLE.value
    NOT_MET_OR_OPEN = "R015"
    CUT_BY_COMMA = FileCode.CUT_BY_COMMA.value
    MISSPELT_KEY = FileCode.MISSPELT_KEY.value
    BAD_ID = "R020"
    BAD_NUMBER = "R021"
    DUPLICATE_ID = "R022"
    LABEL_WITHOUT_NUMBER = "R023"
    CHAPTER_SUM = "R030"
    TOTAL_SUM = "R031"
    PASS_MARK = "R032"  # noqa: S105 - a mark to reach, not a password
    ZERO_POINTS = "R033"
    POINTS_TO_SUM = "R034"
    PASS_MARK_OR_OUTCOMES = "R035"  # noqa: S105 - a mark to reach, not a password
    CONDITION_WITHOUT_EFFECT = "R036"
    UNKNOWN_SCALE = "R040"
    POINTS_OR_RANGE = "R041"
    OUT_OF_RANGE = "R042"
    NO_FULL_LEVEL = "R043"
    NO_ZERO_LEVEL = "R044"
    SAME_LABEL = "R045"
    OPEN_WITHOUT_WORDS = "R046"
    WORDS_NOT_IN_GUIDANCE = "R047"
    SETTLED_WITH_WORDS = "R048"
    UNUSED_SCALE = "R049"
    LOCALE_MISSING = "R050"
    LABEL_TOO_LONG = "R051"
    GLOSS_IS_ITEM = "R052"
    GUIDANCE_OR_REFERENCE = "R060"
    GUIDANCE_NOT_ABOVE = "R061"
    GUIDANCE_ROWS = "R062"
    FACTS_KIND = "R070"
    FACTS_LEVEL = "R071"
    BANDS = "R072"
    RATE_LIMIT = "R073"
    GROUP_ITEM = "R080"
    GROUP_NOT_TWO_VALUED = "R081"
    IN_TWO_GROUPS = "R082"
    VETO_CHOICES = "R090"
    SHEET_ITEM = "R100"
    SHEET_CHAPTER = "R101"
    SHEETS_INCOMPLETE = "R102"
    SHARE = "R110"
    MET_ON_POINTS = "R111"
    POINTS_ON_CONDITION = "R112"
    FAILS_WITH_POINTS = "R113"
    BAD_GRADE = "R114"
    GRADE_TWICE = "R115"
    LEVELS_MISSING = "R116"
    LEVELS_TOO_MANY = "R117"
    DEDUCTION = "R120"
    DEDUCTION_NEEDS_POINTS = "R121"
    PROOFS_SHORT = "R122"
    PROOFS_NEED_POINTS = "R123"
    THRESHOLDS = "R124"
    ONE_THRESHOLD = "R125"
    MOST_TOO_SMALL = "R126"
    LAST_OUTCOME = "R130"
    OUTCOME_WITHOUT_NEEDS = "R131"
    OUTCOME_ORDER = "R132"
    OUTCOME_TOTAL = "R133"
    OUTCOME_CHAPTER = "R134"
    PERCENTAGE = "R135"
    OUTCOME_MET = "R136"
    STARS_WITHOUT_ITEMS = "R137"
    STARS_WITHOUT_EFFECT = "R138"
    LEFT_OUT_WITHOUT_RESCALING = "R140"
    RESCALING_UNUSED = "R141"
    RESCALING_TO = "R142"


class AnswerCode(StrEnum):
    """What can be wrong with a set of answers handed in for scoring."""

    FILE_UNREADABLE = "S001"
    NOT_JSON = "S002"
    DUPLICATE_KEY = "S003"
    UNKNOWN_KEY = "S004"
    MISSING_KEY = "S005"
    NOT_AN_OBJECT = "S006"
    NOT_TEXT = "S007"
    UNKNOWN_RUBRIC = "S008"
    UNKNOWN_ITEM = "S010"
    UNKNOWN_LEVEL = "S011"
    FACT_NOT_ASKED = "S012"
    SEVERAL_ANSWERS = "S013"
    NO_ANSWER = "S014"
    NOT_A_COUNT = "S015"
    SERIOUS_WITHOUT_PROBLEM = "S016"
    MORE_ERRORS_THAN_SAMPLED = "S017"
    NOTHING_SAMPLED = "S018"
    FACT_MISSING = "S019"
    EMPTY_REASON = "S020"
    NOT_APPLICABLE_NOT_OFFERED = "S021"
    UNKNOWN_VETO = "S022"
    NOT_TRUE_OR_FALSE = "S023"
    NOT_A_MEASURE = "S024"
    UNKNOWN_PROOF = "S025"
    NOT_A_LIST = "S026"
